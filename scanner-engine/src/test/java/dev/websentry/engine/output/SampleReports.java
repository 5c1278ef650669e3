package dev.websentry.engine.output;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportVersions;
import dev.websentry.engine.report.ScoreCalculator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Sample reports for tests of the report formats. */
public final class SampleReports {
    /** A text that tries to break out of every report format. */
    public static final String HOSTILE =
            "</script><script>alert('x')</script>\u001b[31m\r\nBUILD SUCCESS\u202e\u0000 &amp; ]]>";

    private SampleReports() {}

    /** Returns a complete report with all outcomes except not checked, a cap and configuration examples. */
    public static Report full() {
        return report(
                "https://shop.example.com", verdicts(CheckVerdict.warn("max-age is 300 seconds; a year is expected")));
    }

    /** Returns a report that contains every outcome. */
    public static Report everyOutcome() {
        List<EvaluatedCheck> all = verdicts(CheckVerdict.warn("max-age is 300 seconds; a year is expected"));
        all.removeIf(check -> check.definition().category() == CheckCategory.REDIRECTS);
        all.add(whole(CheckCategory.REDIRECTS, CheckVerdict.notChecked("port 80 timed out")));
        return report("https://shop.example.com", all);
    }

    /** Returns a report without findings. */
    public static Report clean() {
        return report(
                "www.example.com",
                Arrays.stream(CheckCategory.values())
                        .map(category -> whole(category, CheckVerdict.pass("as it should be")))
                        .toList());
    }

    /** Returns an incomplete report, as after a timeout of the resolver. */
    public static Report incomplete() {
        return report("https://shop.example.com", verdicts(CheckVerdict.notChecked("the resolver timed out")));
    }

    /** Returns a report of an IP address, to which the DNS checks do not apply. */
    public static Report withoutDns() {
        return report(
                "https://192.0.2.7",
                Arrays.stream(CheckCategory.values())
                        .map(category -> whole(
                                category,
                                category == CheckCategory.DNS
                                        ? CheckVerdict.notApplicable("an address has no DNS records of its own")
                                        : CheckVerdict.pass("as it should be")))
                        .toList());
    }

    /** Returns a report of a site that attacks readers with every text it controls. */
    public static Report hostile() {
        CheckVerdict verdict = CheckVerdict.fail(HOSTILE).evidence(HOSTILE);
        return report(
                "https://shop.example.com/?q=" + HOSTILE,
                Arrays.stream(CheckCategory.values())
                        .map(category -> whole(category, verdict))
                        .toList());
    }

    private static EvaluatedCheck whole(CheckCategory category, CheckVerdict verdict) {
        return new EvaluatedCheck(
                CheckDefinition.scored(
                                category.key() + ".all",
                                category.title() + " as a whole",
                                category,
                                category.maxScore())
                        .description("Everything about it is right.")
                        .references("https://www.rfc-editor.org/rfc/rfc9110")
                        .build(),
                verdict);
    }

    private static List<EvaluatedCheck> verdicts(CheckVerdict hsts) {
        List<EvaluatedCheck> all = new ArrayList<>();
        all.add(new EvaluatedCheck(
                CheckDefinition.scored("ssl.https", "HTTPS Available", CheckCategory.SSL, 25)
                        .build(),
                CheckVerdict.pass("All 2 addresses answer over TLS")));
        all.add(new EvaluatedCheck(
                CheckDefinition.scored("ssl.hsts", "HSTS", CheckCategory.SSL, 5)
                        .description("Browsers that have been here once never speak plain HTTP to the site again.")
                        .remediation(
                                Remediation.of("Send the header on every HTTPS answer.")
                                        .nginx(
                                                "add_header Strict-Transport-Security \"max-age=63072000; includeSubDomains\" always;")
                                        .apache(
                                                "Header always set Strict-Transport-Security \"max-age=63072000; includeSubDomains\""))
                        .references("https://www.rfc-editor.org/rfc/rfc6797#section-6.1")
                        .build(),
                hsts.evidence("Strict-Transport-Security: max-age=300")));
        all.add(new EvaluatedCheck(
                CheckDefinition.informational("ssl.alpn", "ALPN", CheckCategory.SSL)
                        .build(),
                CheckVerdict.info("h2 and http/1.1")));
        all.add(whole(CheckCategory.HEADERS, CheckVerdict.warn("'unsafe-eval' lets injected text become code")));
        all.add(whole(CheckCategory.COOKIES, CheckVerdict.nothingToProtect("The site sets no cookies")));
        all.add(whole(CheckCategory.REDIRECTS, CheckVerdict.pass("One permanent hop to https")));
        all.add(whole(CheckCategory.DNS, CheckVerdict.notApplicable("staging.internal is not a public name")));
        all.add(whole(
                CheckCategory.SERVER,
                CheckVerdict.fail("/.git/HEAD and /.git/config can be read")
                        .evidence("GET /.git/HEAD: 200, text/plain, \"ref: refs/heads/main\"")
                        .withScoreCap(CheckScoreCap.MAX_FOR_GRADE_F, "the repository is exposed under /.git/")));
        return all;
    }

    private static Report report(String url, List<EvaluatedCheck> verdicts) {
        ScoreCalculator.ScoringResult scored = ScoreCalculator.calculate(verdicts);
        return new Report(
                "0123456789abcdef0123456789abcdef",
                url,
                Instant.parse("2026-11-23T12:00:00Z"),
                Duration.ofMillis(2340),
                scored.score(),
                Grade.ofScore(scored.score()),
                scored.rawScore(),
                scored.categories(),
                scored.caps(),
                scored.complete(),
                Optional.of("https://shop.example.com/start"),
                Optional.of(new ReportVersions(1, 1, "0.1.0")));
    }
}
