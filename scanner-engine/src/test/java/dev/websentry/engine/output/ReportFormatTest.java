package dev.websentry.engine.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.output.wording.ReportWording;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportFormatTest {
    private static final GateConditions DEFAULT_CONDITIONS =
            new GateConditions(Optional.empty(), OptionalInt.empty(), true);

    private static GateResult gate(Report report) {
        return QualityGate.evaluate(report, DEFAULT_CONDITIONS);
    }

    private static String html(Report report) {
        return ReportFormat.HTML.write(report, gate(report));
    }

    private static String console(Report report) {
        return String.join("\n", ConsoleSummary.lines(report, gate(report)));
    }

    @Test
    void summaryShowsEveryFindingWithValueAndRemediation() {
        String text = console(SampleReports.full());
        assertTrue(text.contains("FAIL  Server & Info Leakage as a whole (server.all, 0 of 10 points)"), text);
        assertTrue(text.contains("/.git/HEAD and /.git/config can be read"), text);
        assertTrue(text.contains("WARN  HSTS (ssl.hsts, 2.5 of 5 points)"), text);
        assertTrue(text.contains("-> Send the header on every HTTPS answer."), text);
        assertTrue(text.contains("Score capped at 49: the repository is exposed under /.git/ (server.all)"), text);
        assertTrue(text.contains("Quality gate failed: grade F (49) is below B (70)"), text);
    }

    @Test
    void findingsAreSortedByStatusAndLostPoints() {
        List<String> ids = ReportWording.findings(SampleReports.full()).stream()
                .map(CheckResult::label)
                .toList();
        assertEquals(List.of("server.all", "headers.all", "ssl.hsts"), ids);
    }

    @Test
    void uncheckedChecksAreShownWithTheirReason() {
        String text = console(SampleReports.incomplete());
        assertTrue(text.contains("NOT CHECKED  HSTS (ssl.hsts): the resolver timed out"), text);
        assertTrue(text.contains("incomplete"), text);
        assertTrue(html(SampleReports.incomplete()).contains("Not checked (1)"));
    }

    @Test
    void hostileTextCannotControlTheTerminalOrForgeALine() {
        List<String> lines = ConsoleSummary.lines(SampleReports.hostile(), gate(SampleReports.hostile()));
        for (String line : lines) {
            assertTrue(line.codePoints().noneMatch(Character::isISOControl), line);
            assertFalse(line.contains("\u202e"), line);
        }
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("BUILD SUCCESS")));
    }

    @Test
    void hostileTextIsEscapedInHtml() {
        Document page = Jsoup.parse(html(SampleReports.hostile()));
        assertEquals(0, page.select("script").size());
        String text = page.select(".ws-value").first().text();
        assertTrue(text.contains("</script><script>alert('x')</script>"), text);
        assertTrue(page.select("*").stream()
                .flatMap(element -> element.attributes().asList().stream())
                .noneMatch(attribute -> attribute.getKey().startsWith("on")
                        || attribute.getKey().equals("style")
                        || attribute.getKey().equals("src")));
    }

    @Test
    void contentSecurityPolicyAllowsOnlyTheStyleSheet() throws Exception {
        String page = html(SampleReports.full());
        Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(page);
        assertTrue(style.find());
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));
        String policy = Jsoup.parse(page)
                .select("meta[http-equiv=Content-Security-Policy]")
                .attr("content");
        assertEquals(
                "default-src 'none'; style-src 'sha256-" + Base64.getEncoder().encodeToString(digest)
                        + "'; base-uri 'none'; form-action 'none'",
                policy);
    }

    @Test
    void htmlHasLandmarksHeadingsAndALanguage() {
        Document page = Jsoup.parse(html(SampleReports.full()));
        assertEquals("en", page.select("html").attr("lang"));
        for (String landmark : List.of("header", "main", "footer", "h1")) {
            assertEquals(1, page.select(landmark).size(), landmark);
        }
        assertEquals(6, page.select(".ws-bars li").size());
        assertEquals(3, page.select("article").size());
        assertTrue(page.select("pre").text().contains("add_header Strict-Transport-Security"));
    }

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void everyFormatEndsWithALineBreakAndContainsNoControlCharacter(ReportFormat format) {
        for (Report report : List.of(SampleReports.full(), SampleReports.hostile(), SampleReports.incomplete())) {
            String text = format.write(report, gate(report));
            assertTrue(text.endsWith("\n"), format.label());
            assertTrue(text.codePoints().noneMatch(c -> Character.isISOControl(c) && c != '\n'), format.label());
        }
    }

    @Test
    void jsonContainsTheQualityGateAndCanBeReadBack() throws Exception {
        Report report = SampleReports.full();
        String text = ReportFormat.JSON.write(report, gate(report));
        JsonNode json = new ObjectMapper().readTree(text);
        assertFalse(json.path("gate").path("open").booleanValue());
        assertEquals(
                "grade F (49) is below B (70), capped from 73: the repository is exposed under /.git/",
                json.path("gate").path("reasons").path(0).textValue());
        assertEquals(report, ReportJsonReader.read(text));
    }

    @Test
    void hostileTextIsEscapedInMarkdown() {
        String text = ReportFormat.MARKDOWN.write(SampleReports.hostile(), gate(SampleReports.hostile()));
        assertFalse(text.contains("<script"), text);
        assertFalse(text.contains("](") || text.contains("https://shop"), text);
        // Each finding is on one line, even if the text from the site contains line breaks.
        assertEquals(6, text.lines().filter(line -> line.startsWith("| fail |")).count());
    }

    @Test
    void junitContainsFailuresSkippedChecksAndTheQualityGate() throws Exception {
        org.w3c.dom.Document xml = xml(ReportFormat.JUNIT, SampleReports.incomplete());
        assertEquals(7, xml.getElementsByTagName("testsuite").getLength());
        // One not checked, one informational, two without anything to check.
        assertEquals(4, xml.getElementsByTagName("skipped").getLength());
        // One check and the quality gate.
        assertEquals(2, xml.getElementsByTagName("failure").getLength());
    }

    /** CI servers merge results of equal suite and class names (JUnit schema of Maven Surefire, attribute classname). */
    @Test
    void junitHasTheSiteInSuiteAndClass() throws Exception {
        Report report = SampleReports.incomplete();
        org.w3c.dom.Document xml = xml(ReportFormat.JUNIT, report);
        String host = java.net.URI.create(report.url()).getHost();
        for (String tag : List.of("testsuite", "testcase")) {
            org.w3c.dom.NodeList all = xml.getElementsByTagName(tag);
            for (int i = 0; i < all.getLength(); i++) {
                org.w3c.dom.Element element = (org.w3c.dom.Element) all.item(i);
                String name = element.getAttribute(tag.equals("testsuite") ? "name" : "classname");
                assertTrue(name.contains(host), name);
                assertFalse(tag.equals("testcase") && name.matches(".*[^A-Za-z0-9._-].*"), name);
            }
        }
    }

    @Test
    void aUrlThatCouldNotBeScannedIsATestErrorOfItsSite() throws Exception {
        String text = JunitReport.writeError(
                Target.parse("https://shop.example.com:8443/a"),
                new ScanException(ScanException.ScanFailureReason.UNREACHABLE, "no answer"));
        org.w3c.dom.Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        org.w3c.dom.Element test =
                (org.w3c.dom.Element) xml.getElementsByTagName("testcase").item(0);
        assertEquals("websentry.shop.example.com-8443_a.scan", test.getAttribute("classname"));
        org.w3c.dom.Element suite = (org.w3c.dom.Element) test.getParentNode();
        assertEquals("https://shop.example.com:8443/a: Scan", suite.getAttribute("name"));
        assertEquals("1", suite.getAttribute("errors"));
        assertEquals(1, test.getElementsByTagName("error").getLength());
    }

    @ParameterizedTest
    @EnumSource(names = {"JUNIT", "BADGE"})
    void xmlIsWellFormedWithHostileText(ReportFormat format) throws Exception {
        org.w3c.dom.Document xml = xml(format, SampleReports.hostile());
        assertEquals(0, xml.getElementsByTagName("script").getLength());
    }

    private static org.w3c.dom.Document xml(ReportFormat format, Report report) throws Exception {
        byte[] text = format.write(report, gate(report)).getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(text));
    }

    /** Writes the pages to a directory for viewing in a browser, if {@code -Dwebsentry.samples=directory} is set. */
    @Test
    void writesSamplePages() throws Exception {
        String folder = System.getProperty("websentry.samples", "");
        if (!folder.isEmpty()) {
            for (var sample : Stream.of(
                            new Object[] {"full", SampleReports.full()},
                            new Object[] {"hostile", SampleReports.hostile()},
                            new Object[] {"incomplete", SampleReports.incomplete()})
                    .toList()) {
                Files.writeString(Path.of(folder, sample[0] + ".html"), html((Report) sample[1]));
            }
        }
    }
}
