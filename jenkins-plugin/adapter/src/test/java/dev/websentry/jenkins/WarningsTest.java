package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.job.Option;
import dev.websentry.testsite.demo.DemoSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import edu.hm.hafner.analysis.FileReaderFactory;
import edu.hm.hafner.analysis.Issue;
import edu.hm.hafner.analysis.Report;
import edu.hm.hafner.analysis.Severity;
import edu.hm.hafner.analysis.parser.violations.SarifAdapter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan's SARIF in the eyes of warnings-ng, by whose own reader {@code recordIssues} with {@code sarif()} goes. */
class WarningsTest {
    private static LoopbackDns dns;
    private static LoopbackSite site;

    @TempDir
    Path workspace;

    @BeforeAll
    static void start() {
        dns = LoopbackDns.start();
        site = DemoSite.start();
    }

    @AfterAll
    static void stop() {
        site.close();
        dns.close();
    }

    @Test
    void everyFindingIsAnIssueThatSaysWhatWasFoundAndWhatToDo() throws Exception {
        Report issues = scan(settings());

        Issue csp = issue(issues, "headers.csp");
        assertEquals(Severity.WARNING_HIGH, csp.getSeverity(), "a failed check");
        assertEquals(1, csp.getLineStart());
        // The site: warnings-ng groups issues by file, and a directory such as "/" would be an error for each issue.
        assertEquals("shop.example.org", csp.getFileName());
        assertTrue(csp.getMessage().startsWith("headers.csp: Content-Security-Policy"), csp.getMessage());
        assertTrue(
                csp.getMessage()
                        .contains("Content-Security-Policy at " + site.url() + ": Weak policy: inline scripts may run"),
                csp.getMessage());
        assertTrue(csp.getMessage().contains("Send this policy, derived from what the page loads"), csp.getMessage());
        assertTrue(csp.getMessage().contains("nginx:"), csp.getMessage());
        assertEquals(Severity.WARNING_NORMAL, issue(issues, "ssl.cipher-suites").getSeverity(), "a check that warned");
    }

    @Test
    void severitiesAreThoseOfTheReport() throws Exception {
        Report issues = scan(settings());
        String json = Files.readString(workspace.resolve("websentry/report.json"));

        assertEquals(count(json, "fail"), issues.getSizeOf(Severity.WARNING_HIGH));
        assertEquals(count(json, "warn"), issues.getSizeOf(Severity.WARNING_NORMAL));
        assertEquals(issues.size(), issues.getTypes().size(), "one issue a check");
    }

    @Test
    void waivedFindingIsNoIssue() throws Exception {
        Files.writeString(
                workspace.resolve("waivers.yaml"), """
                waivers:
                  - check: headers.csp
                    reason: the old shop is switched off in spring
                    until: %s
                """.formatted(LocalDate.now().plusDays(30)));

        Report issues = scan(settings().set(Option.WAIVERS, "waivers.yaml"));

        assertFalse(issues.getTypes().contains("headers.csp"), issues.getTypes().toString());
        assertTrue(
                issues.getTypes().contains("ssl.cipher-suites"),
                issues.getTypes().toString());
    }

    @Test
    void siteThatCouldNotBeScannedIsNoIssue() throws Exception {
        Report issues = scan(settings().set(Option.URL, "https://127.0.0.1:1/").set(Option.RESOLVE, List.of()));

        assertTrue(issues.isEmpty(), issues.toString());
    }

    private static Issue issue(Report issues, String check) {
        return issues.stream()
                .filter(issue -> issue.getType().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private static long count(String json, String status) {
        return json.lines()
                .filter(line -> line.contains("\"status\"") && line.contains("\"" + status + "\""))
                .count();
    }

    private Report scan(ScanSettings settings) throws Exception {
        new WorkspaceScanner(settings, workspace, line -> {}).run(Map.of());
        return new SarifAdapter()
                .parse(new FileReaderFactory(workspace.resolve("websentry/report.sarif"), StandardCharsets.UTF_8));
    }

    private ScanSettings settings() throws Exception {
        Files.writeString(workspace.resolve("root.pem"), site.rootPem());
        Files.writeString(workspace.resolve("anchor"), dns.trustAnchor());
        return new ScanSettings()
                .set(Option.URL, site.url())
                .set(Option.RESOLVE, site.resolve())
                .set(Option.FORMATS, List.of("json", "sarif"))
                .set(Option.CA_CERTIFICATES, "root.pem")
                .set(Option.TRUST_ANCHOR, "anchor")
                .set(Option.DNS_SERVERS, dns.server());
    }
}
