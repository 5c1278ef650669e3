package dev.websentry.engine.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.gate.TestReportBuilder;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SarifReportTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String HOSTILE = "x\u0000\u001b[31m</script>\u202e\ud83d\ude00 \"quoted\" \\ back";

    @Test
    void matchesTheOfficialSchema() throws Exception {
        assertValid(sarif(mixed().build(), List.of(waiver())));
        assertValid(sarif(TestReportBuilder.allPassed().build(), List.of()));
        assertValid(SarifReport.writeError("example.com", "does not answer"));
    }

    @Test
    void schemaRejectsInvalidFiles() throws Exception {
        assertFalse(errors("{\"version\": \"2.1.0\"}").isEmpty());
    }

    @Test
    void onlyFindingsAreResults() throws Exception {
        JsonNode run = run(sarif(mixed().build(), List.of()));
        List<String> levels = run.path("results").findValuesAsText("level");
        assertEquals(List.of("error", "warning"), levels);
        assertEquals(List.of("ssl.main", "headers.main"), run.path("results").findValuesAsText("ruleId"));
    }

    @Test
    void ruleIndexPointsToTheRule() throws Exception {
        JsonNode run = run(sarif(mixed().build(), List.of()));
        for (JsonNode result : run.path("results")) {
            JsonNode rule =
                    run.at("/tool/driver/rules").get(result.path("ruleIndex").asInt());
            assertEquals(result.path("ruleId"), rule.path("id"));
        }
    }

    @Test
    void uncheckedCheckIsANotification() throws Exception {
        JsonNode notifications = run(sarif(mixed().build(), List.of())).at("/invocations/0/toolExecutionNotifications");
        assertEquals(
                "dns.main: Not checked: no answer",
                notifications.get(0).at("/message/text").asText());
    }

    @Test
    void waivedFindingHasASuppression() throws Exception {
        JsonNode results = run(sarif(mixed().build(), List.of(waiver()))).path("results");
        assertEquals(
                "Waived until 2026-12-31: legacy client",
                results.get(0).at("/suppressions/0/justification").asText());
        assertEquals(true, results.get(1).path("suppressions").isMissingNode());
    }

    @Test
    void fingerprintDependsOnSiteButNotOnWording() throws Exception {
        String one = fingerprint(TestReportBuilder.allPassed()
                .set("ssl.main", CheckVerdict.fail("one"))
                .build());
        String reworded = fingerprint(TestReportBuilder.allPassed()
                .set("ssl.main", CheckVerdict.fail("two"))
                .build());
        String elsewhere = fingerprint(TestReportBuilder.allPassed()
                .url("https://other.example.com")
                .set("ssl.main", CheckVerdict.fail("one"))
                .build());
        assertEquals(one, reworded);
        assertNotEquals(one, elsewhere);
    }

    @Test
    void failedScanIsReported() throws Exception {
        JsonNode run = run(SarifReport.writeError("example.com", "does not answer"));
        assertEquals(false, run.at("/invocations/0/executionSuccessful").asBoolean(true));
        assertEquals(
                "example.com: does not answer",
                run.at("/invocations/0/toolExecutionNotifications/0/message/text")
                        .asText());
    }

    /**
     * SARIF 2.1.0 section 3.4.3 and RFC 3986 section 4.2: GitHub code scanning rejects absolute URIs, and a colon in the
     * first segment would be a scheme.
     */
    @ParameterizedTest
    @CsvSource({
        "https://www.example.com, www.example.com",
        "https://www.example.com/, www.example.com",
        "https://www.example.com:8443/a/b?c=d, www.example.com-8443/a/b",
        "http://www.example.com/../x/, www.example.com/x",
        "https://[2001:db8::7]:8443/, 2001_db8__7-8443",
        "www.example.com, www.example.com"
    })
    void artifactUrisAreRelativeAndTheUrlIsALogicalLocation(String url, String uri) throws Exception {
        JsonNode run = run(sarif(
                TestReportBuilder.allPassed()
                        .url(url)
                        .withoutFinalUrl()
                        .set("ssl.main", CheckVerdict.fail("one"))
                        .build(),
                List.of()));
        JsonNode location = run.at("/results/0/locations/0");
        assertEquals(uri, location.at("/physicalLocation/artifactLocation/uri").asText());
        assertEquals(false, java.net.URI.create(uri).isAbsolute());
        String absolute = location.at("/logicalLocations/0/fullyQualifiedName").asText();
        assertTrue(absolute.startsWith("http") && absolute.endsWith(url), absolute);
        assertEquals(absolute, run.at("/results/0/properties/url").asText());
    }

    private static TestReportBuilder mixed() {
        return TestReportBuilder.allPassed()
                .set(
                        "ssl.main",
                        CheckVerdict.fail(HOSTILE)
                                .evidence(HOSTILE)
                                .withRemediation(Remediation.of("Fix it.").nginx("ssl_protocols TLSv1.2 TLSv1.3;")))
                .set("headers.main", CheckOutcome.WARN)
                .set("dns.main", CheckOutcome.NOT_CHECKED);
    }

    private static Waiver waiver() {
        return new Waiver("ssl.main", List.of(), "legacy client", LocalDate.of(2026, 12, 31));
    }

    private static String sarif(Report report, List<Waiver> waivers) {
        return SarifReport.write(
                report, QualityGate.evaluate(report, GateConditions.defaults(), waivers, Optional.empty()));
    }

    private static String fingerprint(Report report) throws IOException {
        return run(sarif(report, List.of()))
                .at("/results/0/partialFingerprints/websentry~1v1")
                .asText();
    }

    private static JsonNode run(String sarif) throws IOException {
        return MAPPER.readTree(sarif).at("/runs/0");
    }

    private static void assertValid(String sarif) throws IOException {
        assertEquals(List.of(), errors(sarif));
    }

    static List<Error> errors(String sarif) throws IOException {
        try (InputStream official = SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(official, InputFormat.JSON);
            return schema.validate(sarif, InputFormat.JSON);
        }
    }
}
