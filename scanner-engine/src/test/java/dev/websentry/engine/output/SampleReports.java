package dev.websentry.engine.output;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Judged;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.Scoring;
import dev.websentry.engine.report.Versions;
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
        return report("https://shop.example.com", verdicts(Verdict.warn("max-age is 300 seconds; a year is expected")));
    }

    /** Returns a report without findings. */
    public static Report clean() {
        return report(
                "www.example.com",
                Arrays.stream(Category.values())
                        .map(category -> whole(category, Verdict.pass("as it should be")))
                        .toList());
    }

    /** Returns an incomplete report, as after a timeout of the resolver. */
    public static Report incomplete() {
        return report("https://shop.example.com", verdicts(Verdict.notChecked("the resolver timed out")));
    }

    /** Returns a report of an IP address, to which the DNS checks do not apply. */
    public static Report withoutDns() {
        return report(
                "https://192.0.2.7",
                Arrays.stream(Category.values())
                        .map(category -> whole(
                                category,
                                category == Category.DNS
                                        ? Verdict.notApplicable("an address has no DNS records of its own")
                                        : Verdict.pass("as it should be")))
                        .toList());
    }

    /** Returns a report of a site that attacks readers with every text it controls. */
    public static Report hostile() {
        Verdict verdict = Verdict.fail(HOSTILE).evidence(HOSTILE);
        return report(
                "https://shop.example.com/?q=" + HOSTILE,
                Arrays.stream(Category.values())
                        .map(category -> whole(category, verdict))
                        .toList());
    }

    private static Judged whole(Category category, Verdict verdict) {
        return new Judged(
                Definition.of(category.key() + ".all", category.title() + " as a whole", category, category.maxScore())
                        .describe("Everything about it is right.")
                        .references("https://www.rfc-editor.org/rfc/rfc9110")
                        .build(),
                verdict);
    }

    private static List<Judged> verdicts(Verdict hsts) {
        List<Judged> all = new ArrayList<>();
        all.add(new Judged(
                Definition.of("ssl.https", "HTTPS Available", Category.SSL, 25).build(),
                Verdict.pass("All 2 addresses answer over TLS")));
        all.add(new Judged(
                Definition.of("ssl.hsts", "HSTS", Category.SSL, 5)
                        .describe("Browsers that have been here once never speak plain HTTP to the site again.")
                        .remedy(
                                Remediation.of("Send the header on every HTTPS answer.")
                                        .nginx(
                                                "add_header Strict-Transport-Security \"max-age=63072000; includeSubDomains\" always;")
                                        .apache(
                                                "Header always set Strict-Transport-Security \"max-age=63072000; includeSubDomains\""))
                        .references("https://www.rfc-editor.org/rfc/rfc6797#section-6.1")
                        .build(),
                hsts.evidence("Strict-Transport-Security: max-age=300")));
        all.add(new Judged(Definition.info("ssl.alpn", "ALPN", Category.SSL).build(), Verdict.info("h2 and http/1.1")));
        all.add(whole(Category.HEADERS, Verdict.warn("'unsafe-eval' lets injected text become code")));
        all.add(whole(Category.COOKIES, Verdict.nothingToProtect("The site sets no cookies")));
        all.add(whole(Category.REDIRECTS, Verdict.pass("One permanent hop to https")));
        all.add(whole(Category.DNS, Verdict.notApplicable("staging.internal is not a public name")));
        all.add(whole(
                Category.SERVER,
                Verdict.fail("/.git/HEAD and /.git/config can be read")
                        .evidence("GET /.git/HEAD: 200, text/plain, \"ref: refs/heads/main\"")
                        .cap(Cap.F, "the repository is exposed under /.git/")));
        return all;
    }

    private static Report report(String url, List<Judged> verdicts) {
        Scoring.Scored scored = Scoring.score(verdicts);
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
                Optional.of(new Versions(1, 1, "0.1.0")));
    }
}
