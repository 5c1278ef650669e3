package dev.websentry.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.TestReportBuilder;
import dev.websentry.engine.report.ReportJsonWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the options of the quality gate: baselines, waivers and category minimums. */
class GateOptionsTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheBaselineOfOneUrl() throws Exception {
        Path file = baseline("report.json");
        GateSettings gate = request(texts("shop.example.com")
                        .set(Option.FAIL_ON_REGRESSION, "true")
                        .set(Option.BASELINE, file.toString()))
                .gate();
        assertEquals(100, gate.baselines().get(Target.parse("shop.example.com")).score());
        assertTrue(gate.conditions().failOnRegression());
        assertEquals(Optional.empty(), gate.conditions().failBelow());
    }

    @Test
    void readsTheBaselinesOfSeveralUrlsFromAFolder() throws Exception {
        baseline("shop.example.com.json");
        GateSettings gate = request(texts("shop.example.com", "new.example.com")
                        .set(Option.FAIL_ON_REGRESSION, "true")
                        .set(Option.BASELINE, folder.toString()))
                .gate();
        assertEquals(1, gate.baselines().size());
    }

    @Test
    void missingBaselineFileIsNoBaseline() throws Exception {
        GateSettings gate = request(texts("shop.example.com")
                        .set(Option.FAIL_ON_REGRESSION, "true")
                        .set(Option.BASELINE, folder.resolve("later.json").toString()))
                .gate();
        assertTrue(gate.baselines().isEmpty());
    }

    @Test
    void invalidBaselineIsRejected() throws Exception {
        Path file = Files.writeString(folder.resolve("odd.json"), "{\"ok\": true}");
        assertMessage(
                texts("shop.example.com").set(Option.FAIL_ON_REGRESSION, "true").set(Option.BASELINE, file.toString()),
                "baseline",
                "odd.json",
                "missing field \"scan\"");
    }

    /** A wrong type must not be read as an absent field. */
    @ParameterizedTest
    @CsvSource({
        "'\"rawScore\" : ', '\"rawScore\" : \"90\", \"x\" : ', scan.results.rawScore",
        "'\"complete\" : ', '\"complete\" : \"yes\", \"x\" : ', scan.results.complete",
        "'\"caps\" : ', '\"caps\" : {}, \"x\" : ', scan.results.caps",
        "'\"scoringVersion\" : ', '\"scoringVersion\" : [], \"x\" : ', scan.results.scoringVersion"
    })
    void aWrongTypeInABaselineIsAnErrorThatNamesLineAndField(String field, String change, String path)
            throws Exception {
        Path file = baseline("typed.json");
        String json = Files.readString(file);
        int line = json.substring(0, json.indexOf(field)).split("\n", -1).length;
        Files.writeString(file, json.replaceFirst(Pattern.quote(field), Matcher.quoteReplacement(change)));
        assertMessage(
                texts("shop.example.com").set(Option.FAIL_ON_REGRESSION, "true").set(Option.BASELINE, file.toString()),
                "baseline",
                "typed.json",
                "line " + line + ", field \"" + path + "\": expected");
    }

    @Test
    void oneBaselineFileForSeveralUrlsIsRejected() throws Exception {
        Path file = baseline("report.json");
        assertMessage(
                texts("a.example.com", "b.example.com")
                        .set(Option.FAIL_ON_REGRESSION, "true")
                        .set(Option.BASELINE, file.toString()),
                "baseline",
                "one file for 2 URLs",
                "use the output directory");
    }

    @Test
    void regressionConditionRequiresABaseline() {
        assertMessage(
                texts("a.example.com").set(Option.FAIL_ON_REGRESSION, "true"), "failOnRegression", "set baseline");
    }

    @Test
    void readsWaivers() throws Exception {
        Path file = Files.writeString(
                folder.resolve("waivers.yaml"), "waivers: [{check: cookies.secure, reason: r, until: 2027-01-01}]");
        GateSettings gate = request(texts("a.example.com").set(Option.WAIVERS, file.toString()))
                .gate();
        assertEquals("cookies.secure", gate.waivers().get(0).checkId());
    }

    @Test
    void missingOrInvalidWaiverFileIsRejected() throws Exception {
        Path file = Files.writeString(folder.resolve("waivers.yaml"), "waivers: [{check: no.such, reason: r}]");
        assertMessage(
                texts("a.example.com").set(Option.WAIVERS, file.toString()),
                "waivers",
                "waivers.yaml",
                "unknown check \"no.such\"");
        assertMessage(
                texts("a.example.com")
                        .set(Option.WAIVERS, folder.resolve("none.yaml").toString()),
                "waivers",
                "none.yaml",
                "is not a readable file");
    }

    @Test
    void readsCategoryMinimums() throws Exception {
        GateConditions conditions = request(texts("a.example.com").set(Option.CATEGORY_MINIMUMS, "ssl=A, dns=50"))
                .gate()
                .conditions();
        assertEquals(2, conditions.categoryMinimums().size());
        assertMessage(texts("a.example.com").set(Option.CATEGORY_MINIMUMS, "tls=A"), "categoryMinimums", "\"tls=A\"");
    }

    private Path baseline(String name) throws Exception {
        return Files.writeString(
                folder.resolve(name),
                ReportJsonWriter.toPrettyString(
                        ReportJsonWriter.toJson(TestReportBuilder.allPassed().build())));
    }

    private RawOptions texts(String... urls) {
        return new RawOptions(Option::key)
                .set(Option.URLS, List.of(urls))
                .set(Option.OUTPUT_DIRECTORY, folder.resolve("out").toString());
    }

    private static ScanRequest request(RawOptions texts) throws InvalidOptionException {
        return ScanRequest.parse(texts);
    }

    private static void assertMessage(RawOptions texts, String... parts) {
        String message = assertThrows(InvalidOptionException.class, () -> ScanRequest.parse(texts))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
        assertEquals(1, message.lines().count(), message);
    }
}
