package dev.websentry.engine.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.report.Report;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import nu.validator.htmlparser.common.XmlViolationPolicy;
import nu.validator.htmlparser.sax.HtmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Tests that the files of all formats are valid, for all kinds of reports and waivers. */
class ReportFormatValidityTest {
    private static final LocalDate LATER = LocalDate.of(2026, 12, 31);
    private static final LocalDate BEFORE = LocalDate.of(2026, 11, 22);

    /** A report with waivers. */
    private record WaivedReport(String name, Report report, List<Waiver> waivers) {
        @Override
        public String toString() {
            return name;
        }

        GateResult gate() {
            return QualityGate.evaluate(report, GateConditions.defaults(), waivers, Optional.empty());
        }

        String write(ReportFormat format) {
            return format.write(report, gate());
        }
    }

    static Stream<WaivedReport> samples() {
        List<WaivedReport> samples = new ArrayList<>();
        List.of(
                        SampleReports.full(),
                        SampleReports.clean(),
                        SampleReports.withoutDns(),
                        SampleReports.incomplete(),
                        SampleReports.hostile())
                .forEach(report -> samples.add(new WaivedReport("no waiver " + samples.size(), report, List.of())));
        samples.add(new WaivedReport("waived failure", SampleReports.full(), List.of(waiver("server.all", LATER))));
        samples.add(new WaivedReport("waived warning", SampleReports.full(), List.of(waiver("ssl.hsts", LATER))));
        samples.add(new WaivedReport("waived unknown", SampleReports.incomplete(), List.of(waiver("ssl.hsts", LATER))));
        samples.add(new WaivedReport("expired waiver", SampleReports.full(), List.of(waiver("server.all", BEFORE))));
        samples.add(new WaivedReport("unused waiver", SampleReports.clean(), List.of(waiver("server.all", LATER))));
        samples.add(new WaivedReport("hostile waiver", SampleReports.hostile(), List.of(waiver("server.all", LATER))));
        return samples.stream();
    }

    private static Waiver waiver(String check, LocalDate until) {
        return new Waiver(check, List.of(), "known: " + SampleReports.HOSTILE, until);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void jsonMatchesTheReportSchema(WaivedReport sample) throws IOException {
        String schema = Files.readString(Path.of("..", "docs", "report.schema.json"));
        assertEquals(
                List.of(),
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema)
                        .validate(sample.write(ReportFormat.JSON), InputFormat.JSON));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sarifMatchesTheOfficialSchema(WaivedReport sample) throws IOException {
        assertEquals(List.of(), SarifReportTest.errors(sample.write(ReportFormat.SARIF)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void junitMatchesItsSchemaAndCounts(WaivedReport sample) throws Exception {
        String text = sample.write(ReportFormat.JUNIT);
        junitSchema().newValidator().validate(new StreamSource(new StringReader(text)));
        NodeList suites = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("testsuite");
        for (int i = 0; i < suites.getLength(); i++) {
            Element suite = (Element) suites.item(i);
            assertCount(suite, "tests", "testcase");
            assertCount(suite, "failures", "failure");
            assertCount(suite, "skipped", "skipped");
        }
    }

    private static void assertCount(Element suite, String attribute, String element) {
        int number = suite.getElementsByTagName(element).getLength();
        assertEquals(
                String.valueOf(number), suite.getAttribute(attribute), suite.getAttribute("name") + " " + attribute);
    }

    @Test
    void scanErrorMatchesTheJunitSchema() throws Exception {
        String text = JunitReport.writeError(
                Target.parse("example.com"),
                new ScanException(ScanException.ScanFailureReason.UNREACHABLE, SampleReports.HOSTILE));
        junitSchema().newValidator().validate(new StreamSource(new StringReader(text)));
    }

    @Test
    void junitSchemaRejectsInvalidFiles() {
        String right = new WaivedReport("", SampleReports.full(), List.of()).write(ReportFormat.JUNIT);
        for (String wrong : List.of(
                right.replaceFirst(" skipped=\"\\d+\"", ""),
                right.replaceFirst("<testcase ", "<testcase time=\"soon\" "),
                right.replaceFirst("system-out", "out").replaceFirst("/system-out", "/out"))) {
            assertThrows(
                    SAXException.class,
                    () -> junitSchema().newValidator().validate(new StreamSource(new StringReader(wrong))));
        }
    }

    private static Schema junitSchema() throws SAXException, IOException {
        try (InputStream in = ReportFormatValidityTest.class.getResourceAsStream("/junit.xsd")) {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(new StreamSource(in));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void htmlHasNoParseErrors(WaivedReport sample) throws Exception {
        assertEquals(List.of(), htmlErrors(sample.write(ReportFormat.HTML)));
    }

    @Test
    void htmlParserReportsErrors() throws Exception {
        String page = new WaivedReport("", SampleReports.full(), List.of()).write(ReportFormat.HTML);
        assertFalse(htmlErrors(page.replaceFirst("</h1>", "")).isEmpty());
        assertFalse(htmlErrors(page.replaceFirst("<main", "<main <b")).isEmpty());
    }

    /** Parses with the algorithm of the HTML standard and returns all parse errors. */
    private static List<String> htmlErrors(String page) throws Exception {
        List<String> errors = new ArrayList<>();
        HtmlParser parser = new HtmlParser(XmlViolationPolicy.ALLOW);
        parser.setContentHandler(new DefaultHandler());
        parser.setErrorHandler(new ErrorHandler() {
            @Override
            public void warning(SAXParseException problem) {
                errors.add(problem.getLineNumber() + ": " + problem.getMessage());
            }

            @Override
            public void error(SAXParseException problem) {
                warning(problem);
            }

            @Override
            public void fatalError(SAXParseException problem) {
                warning(problem);
            }
        });
        parser.parse(new InputSource(new StringReader(page)));
        return errors;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void badgeIsValidXml(WaivedReport sample) throws Exception {
        byte[] text = sample.write(ReportFormat.BADGE).getBytes(StandardCharsets.UTF_8);
        Element svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text))
                .getDocumentElement();
        assertEquals("http://www.w3.org/2000/svg", svg.getAttribute("xmlns"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void markdownTableRowsHaveTheSameNumberOfColumns(WaivedReport sample) {
        int columns = 0;
        for (String line : sample.write(ReportFormat.MARKDOWN).lines().toList()) {
            int bars = line.replace("\\|", "").replaceAll("[^|]", "").length();
            if (!line.startsWith("|")) {
                columns = 0;
                continue;
            }
            assertTrue(columns == 0 || columns == bars, line);
            columns = bars;
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void waivedFindingIsMarkedInEveryFormat(WaivedReport sample) {
        boolean waived = !sample.gate().waived().isEmpty();
        for (ReportFormat format : List.of(
                ReportFormat.JSON, ReportFormat.HTML, ReportFormat.SARIF, ReportFormat.JUNIT, ReportFormat.MARKDOWN)) {
            String text = sample.write(format).toLowerCase(java.util.Locale.ROOT);
            // Table rows do not contain the expiry date.
            boolean shown = format == ReportFormat.MARKDOWN ? text.contains("waived ") : text.contains("2026-12-31");
            assertTrue(shown || !waived, format.label());
        }
    }
}
