package dev.websentry.engine.output;

import dev.websentry.engine.check.CheckStatus;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.output.wording.ReportWording;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes JUnit XML for CI servers, with a test suite for each category and a test case for each check. A failed check
 * is a failure; an unchecked check is skipped with its reason; a check with an internal error is an error; a check with
 * a warning passes and has output. The quality gate has its own test suite.
 */
public final class JunitReport {
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private JunitReport() throws XMLStreamException {
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    /** Returns the XML document of a report. */
    static String write(Report report, GateResult gate) {
        return document(junit -> {
            for (CategoryResult category : report.categories()) {
                junit.suite(report, category, gate);
            }
            junit.gate(report, gate);
        });
    }

    /** Returns the XML document for a scan that could not run: one test case with an error. */
    public static String writeError(Target target, ScanException error) {
        return document(junit -> {
            junit.openSuite(target.input() + ": Scan", new TestCounts(1, 0, 1, 0));
            junit.openCase(target.input(), "scan", "Scan");
            junit.result("error", error.reason().code(), String.valueOf(error.getMessage()), "");
            junit.close();
            junit.close();
        });
    }

    /** Writes the elements of a document. */
    private interface Content {
        void write(JunitReport junit) throws XMLStreamException;
    }

    private static String document(Content content) {
        try {
            JunitReport junit = new JunitReport();
            junit.xml.writeStartDocument("UTF-8", "1.0");
            junit.xml.writeCharacters("\n");
            junit.xml.writeStartElement("testsuites");
            junit.attribute("name", "WebSentry");
            junit.xml.writeCharacters("\n");
            content.write(junit);
            junit.close();
            junit.xml.writeEndDocument();
            junit.xml.close();
            return junit.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML can always be written to a string", e);
        }
    }

    private void suite(Report report, CategoryResult category, GateResult gate) throws XMLStreamException {
        List<CheckResult> checks = category.checks();
        openSuite(
                report.url() + ": " + category.name(),
                new TestCounts(
                        checks.size(),
                        checks.stream().filter(check -> isFailed(check, gate)).count(),
                        checks.stream().filter(CheckResult::isInternalError).count(),
                        checks.stream().filter(JunitReport::isSkipped).count()));
        for (CheckResult check : checks) {
            openCase(report.url(), category.key(), check.name());
            result(check, gate);
            close();
        }
        close();
    }

    private void result(CheckResult check, GateResult gate) throws XMLStreamException {
        if (isFailed(check, gate)) {
            result("failure", "", check.value(), details(check));
        } else if (check.isInternalError()) {
            result("error", "internal_error", check.value(), details(check));
        } else if (isSkipped(check)) {
            result("skipped", "", waived(check, gate) + check.value(), "");
        } else {
            String label = waived(check, gate) + check.status().label().toUpperCase(Locale.ROOT);
            xml.writeStartElement("system-out");
            characters(label + ": " + check.value() + "\n" + details(check));
            xml.writeEndElement();
        }
    }

    private void gate(Report report, GateResult gate) throws XMLStreamException {
        openSuite(report.url() + ": Quality gate", new TestCounts(1, gate.isPassed() ? 0 : 1, 0, 0));
        openCase(report.url(), "gate", "Quality gate");
        if (!gate.isPassed()) {
            result("failure", "", String.join("; ", gate.reasons()), "");
        }
        close();
        close();
    }

    /** The numbers of test cases in a suite. */
    private record TestCounts(int tests, long failures, long errors, long skipped) {}

    private void openSuite(String name, TestCounts counts) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        attribute("name", name);
        attribute("tests", String.valueOf(counts.tests()));
        attribute("failures", String.valueOf(counts.failures()));
        attribute("errors", String.valueOf(counts.errors()));
        attribute("skipped", String.valueOf(counts.skipped()));
        xml.writeCharacters("\n");
    }

    /** Opens a test case whose class name differs for each site, because CI servers merge results of equal names. */
    private void openCase(String url, String part, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", "websentry." + SiteLabel.className(url) + "." + part);
        attribute("name", name);
    }

    private void result(String element, String type, String message, String content) throws XMLStreamException {
        xml.writeStartElement(element);
        if (!type.isEmpty()) {
            attribute("type", type);
        }
        attribute("message", message);
        characters(content);
        xml.writeEndElement();
    }

    private void close() throws XMLStreamException {
        xml.writeEndElement();
        xml.writeCharacters("\n");
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, TextSanitizer.markupText(value));
    }

    private void characters(String value) throws XMLStreamException {
        if (!value.isEmpty()) {
            xml.writeCharacters(TextSanitizer.markupText(value));
        }
    }

    /** Returns whether the test case fails. A waived finding does not fail; its output contains the waiver. */
    private static boolean isFailed(CheckResult check, GateResult gate) {
        return check.status() == CheckStatus.FAIL && !gate.isWaived(check);
    }

    /** Returns whether the test case is skipped: informational, not applicable or not checked. */
    private static boolean isSkipped(CheckResult check) {
        return check.status() == CheckStatus.INFO && !check.isInternalError();
    }

    private static String waived(CheckResult check, GateResult gate) {
        return gate.waiver(check)
                .map(waiver -> ReportWording.waived(waiver) + "\n")
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
}
