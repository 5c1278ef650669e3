package dev.websentry.engine.output;

import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import java.util.List;
import java.util.Locale;

/**
 * Writes JUnit XML for CI servers, with a test suite for each category and a test case for each check. A failed check
 * is a failure; an unchecked check is skipped with its reason; a check with an internal error is an error; a check with
 * a warning passes and has output. The quality gate has its own test suite.
 */
public final class JunitReport {
    private final Report report;
    private final GateResult gate;
    private final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    private JunitReport(Report report, GateResult gate) {
        this.report = report;
        this.gate = gate;
    }

    /** Returns the XML document of a report. */
    static String write(Report report, GateResult gate) {
        JunitReport junit = new JunitReport(report, gate);
        junit.xml.append("<testsuites name=\"WebSentry\">\n");
        report.categories().forEach(junit::suite);
        junit.gate();
        return junit.xml.append("</testsuites>\n").toString();
    }

    /** Returns the XML document for a scan that could not run: one test case with an error. */
    public static String writeError(Target target, ScanException error) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="WebSentry">
                <testsuite name="%s" tests="1" failures="0" errors="1" skipped="0">
                <testcase classname="%s" name="Scan"><error type="%s" message="%s"/></testcase>
                </testsuite>
                </testsuites>
                """.formatted(
                        attribute(target.input() + ": Scan"),
                        attribute(className(target.input(), "scan")),
                        attribute(error.reason().code()),
                        attribute(String.valueOf(error.getMessage())));
    }

    private void suite(CategoryResult category) {
        List<CheckResult> checks = category.checks();
        long failures = checks.stream().filter(this::failed).count();
        long skipped = checks.stream().filter(JunitReport::skipped).count();
        long errors = checks.stream().filter(CheckResult::isInternalError).count();
        openSuite(report.url() + ": " + category.name(), checks.size(), failures, errors, skipped);
        checks.forEach(check -> testcase(category, check));
        xml.append("</testsuite>\n");
    }

    private void testcase(CategoryResult category, CheckResult check) {
        xml.append("<testcase classname=\"")
                .append(attribute(className(report.url(), category.key())))
                .append("\" name=\"")
                .append(attribute(check.name()))
                .append("\">");
        if (failed(check)) {
            xml.append("<failure message=\"").append(attribute(check.value())).append("\">");
            xml.append(attribute(details(check))).append("</failure>");
        } else if (check.isInternalError()) {
            xml.append("<error type=\"internal_error\" message=\"")
                    .append(attribute(check.value()))
                    .append("\">")
                    .append(attribute(details(check)))
                    .append("</error>");
        } else if (skipped(check)) {
            xml.append("<skipped message=\"")
                    .append(attribute(waived(check) + check.value()))
                    .append("\"/>");
        } else {
            String label = waived(check) + check.status().toUpperCase(Locale.ROOT);
            xml.append("<system-out>")
                    .append(attribute(label + ": " + check.value() + "\n" + details(check)))
                    .append("</system-out>");
        }
        xml.append("</testcase>\n");
    }

    private void gate() {
        openSuite(report.url() + ": Quality gate", 1, gate.isPassed() ? 0 : 1, 0, 0);
        xml.append("<testcase classname=\"")
                .append(attribute(className(report.url(), "gate")))
                .append("\" name=\"Quality gate\">");
        if (!gate.isPassed()) {
            xml.append("<failure message=\"")
                    .append(attribute(String.join("; ", gate.reasons())))
                    .append("\"/>");
        }
        xml.append("</testcase>\n</testsuite>\n");
    }

    /** Returns a class name that differs for each site, because CI servers merge results of equal names. */
    private static String className(String url, String part) {
        return "websentry." + SiteLabel.className(url) + "." + part;
    }

    private void openSuite(String name, int tests, long failures, long errors, long skipped) {
        xml.append("<testsuite name=\"").append(attribute(name));
        xml.append("\" tests=\"").append(tests);
        xml.append("\" failures=\"").append(failures);
        xml.append("\" errors=\"")
                .append(errors)
                .append("\" skipped=\"")
                .append(skipped)
                .append("\">\n");
    }

    /** Returns whether the test case fails. A waived finding does not fail; its output contains the waiver. */
    private boolean failed(CheckResult check) {
        return check.status().equals("fail") && !gate.isWaived(check.id());
    }

    /** Returns whether the test case is skipped: informational, not applicable or not checked. */
    private static boolean skipped(CheckResult check) {
        return check.status().equals("info") && !check.isInternalError();
    }

    private String waived(CheckResult check) {
        return gate.waiver(check.id())
                .map(waiver -> "WAIVED until " + waiver.until() + ": " + waiver.reason() + "\n")
                .orElse("");
    }

    private static String details(CheckResult check) {
        StringBuilder details = new StringBuilder(String.join("\n", check.evidence()));
        if (!check.remediation().text().isEmpty()) {
            details.append('\n').append(check.remediation().text());
        }
        check.remediation()
                .configs()
                .forEach(config -> details.append("\n\n")
                        .append(config.target())
                        .append(":\n")
                        .append(config.code()));
        return details.toString();
    }

    private static String attribute(String text) {
        return TextSanitizer.escapeMarkup(text);
    }
}
