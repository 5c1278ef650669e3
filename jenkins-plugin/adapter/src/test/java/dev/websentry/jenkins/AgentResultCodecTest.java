package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.Waiver;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the controller accepts from an agent that runs hostile code. */
class AgentResultCodecTest {
    private static final String REPORT = """
            {"ok": true, "scan": {"id": "x", "url": "https://www.example.com/", "score": 37, "grade": "F", "results": {
              "scannedAt": "2026-11-01T00:00:00Z", "durationMs": 5, "categories": {"ssl": {"name": "SSL / TLS", "score": 21,
              "maxScore": 30, "grade": "B", "checks": [{"id": "ssl.hsts", "name": "HSTS", "status": "fail",
              "value": "missing", "description": ""}]}}}}, "path": "../../init.groovy.d/evil.groovy"}
            """;

    @TempDir
    Path home;

    @Test
    void resultIsReadBack() throws Exception {
        AgentScanResult decoded = decode(record(site("https://www.example.com/")), REPORT);

        assertEquals("https://www.example.com/", decoded.record().sites().get(0).url());
        assertEquals(21, decoded.record().sites().get(0).categories().get(0).score());
        assertTrue(decoded.reports().get(0).contains("\"HSTS\""));
    }

    @Test
    void gradeAndScoreComeFromTheReportAndNotFromTheClaim() throws Exception {
        SiteRecord lie = new SiteRecord(
                "https://www.example.com/",
                "",
                "A+",
                100,
                true,
                new GateResult(37, List.of(), List.of(), List.of()),
                List.of());

        SiteRecord decoded = decode(record(lie), REPORT).record().sites().get(0);

        assertEquals("F", decoded.grade());
        assertEquals(37, decoded.score());
    }

    @Test
    void unknownFieldsOfAReportAreNotStored() throws Exception {
        assertFalse(decode(record(site("a")), REPORT).reports().get(0).contains("evil.groovy"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../userContent/x.html",
                "/etc/cron.d/x",
                "..\\..\\init.groovy.d\\x.groovy",
                "site-1.json.gz"
            })
    void namesFromTheAgentAreNeverPaths(String name) throws Exception {
        Path build = home.resolve("jobs/a/builds/1");
        Files.createDirectories(build);
        Waiver waiver = new Waiver(name, List.of(name), name, LocalDate.EPOCH);
        SiteRecord site = new SiteRecord(
                name,
                "",
                name,
                37,
                true,
                new GateResult(37, List.of(name), List.of(name), List.of(waiver)),
                List.of(new CategoryRecord(name, name, 1, 1, name)));

        AgentScanResult decoded = decode(new BuildRecord(List.of(site), List.of(name), List.of(name)), REPORT);
        new ReportArchive(build.resolve("websentry")).write(decoded);

        try (var files = Files.walk(home)) {
            assertEquals(
                    List.of("jobs/a/builds/1/websentry/run.json", "jobs/a/builds/1/websentry/site-1.json.gz"),
                    files.filter(Files::isRegularFile)
                            .map(file -> home.relativize(file).toString().replace('\\', '/'))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void otherTypesAreRejected() {
        for (Object received : Arrays.asList(null, "text", 7, List.of("a"), Map.of("../x", "y"), new int[] {1})) {
            assertRejected("unexpected type", received);
        }
    }

    @Test
    void bytesThatAreNotAMessageAreRejected() throws Exception {
        assertRejected("damaged or incomplete", new byte[0]);
        assertRejected("damaged or incomplete", "<html>".getBytes(StandardCharsets.UTF_8));
        byte[] whole = message(json(record(site("a"))), 1, REPORT);
        assertRejected("damaged or incomplete", Arrays.copyOf(whole, whole.length / 2));
        assertRejected("damaged or incomplete", gzip(out -> out.writeInt(100)));
    }

    @Test
    void hugeMessageIsRejected() {
        assertRejected("larger than", new byte[AgentResultCodec.MAX_MESSAGE_BYTES + 1]);
    }

    @Test
    void hugeTextIsRejectedBeforeItIsRead() throws Exception {
        assertRejected("too large", gzip(out -> out.writeInt(Integer.MAX_VALUE)));
        assertRejected("too large", gzip(out -> out.writeInt(-1)));
        byte[] huge = new byte[AgentResultCodec.MAX_REPORT_BYTES + 1];
        assertRejected("too large", gzip(out -> {
            text(out, json(record(site("a"))));
            out.writeInt(1);
            out.writeInt(huge.length);
            out.write(huge);
        }));
    }

    @Test
    void manyLargeTextsTogetherAreRejected() throws Exception {
        String padded = REPORT.replace("missing", "m".repeat(AgentResultCodec.MAX_REPORT_BYTES - 2_000));
        List<SiteRecord> sites = Collections.nCopies(20, site("a"));
        byte[] message = gzip(out -> {
            text(out, json(new BuildRecord(sites, List.of(), List.of())));
            out.writeInt(sites.size());
            for (int i = 0; i < sites.size(); i++) {
                text(out, padded);
            }
        });

        assertTrue(message.length < AgentResultCodec.MAX_MESSAGE_BYTES, "compresses well");
        assertRejected("too large", message);
    }

    @Test
    void tooManySitesAreRejected() throws Exception {
        List<SiteRecord> sites = Collections.nCopies(AgentResultCodec.MAX_SITES + 1, SiteRecord.failed("a", "down"));

        assertRejected("unexpected number", message(json(new BuildRecord(sites, List.of(), List.of())), sites.size()));
        assertRejected("unexpected number", message(json(record(site("a"))), 2, REPORT, REPORT));
        assertRejected("unexpected number", message(json(record(site("a"))), -1, REPORT));
    }

    @Test
    void tooManyReasonsAreRejected() throws Exception {
        List<String> reasons = Collections.nCopies(AgentResultCodec.MAX_LINES + 1, "reason");

        assertRejected("a list is too long", message(json(new BuildRecord(List.of(), reasons, List.of())), 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"scan\": 1}",
                "{\"scan\": {\"results\": {\"categories\": {\"a\": []}}}}"
            })
    void wrongJsonIsRejected(String json) throws Exception {
        assertRejected("not valid", message(json(record(site("a"))), 1, json));
        assertThrows(InvalidAgentResultException.class, () -> AgentResultCodec.decode(message(json, 0)));
    }

    @Test
    void deeplyNestedJsonIsRejected() throws Exception {
        assertRejected("", message("[".repeat(1_000_000), 0));
        assertRejected("", message(json(record(site("a"))), 1, "[".repeat(1_000_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "101", "2147483647"})
    void impossibleScoreIsRejected(String score) throws Exception {
        assertRejected(
                "not between 0 and 100",
                message(json(record(site("a"))), 1, REPORT.replace("\"score\": 37", "\"score\": " + score)));
    }

    @Test
    void textsAreShortenedAndOnOneLine() throws Exception {
        String text = "a\r\n[Pipeline] \u001b[31m" + "x".repeat(AgentResultCodec.MAX_TEXT_LENGTH);

        String reason = decode(new BuildRecord(List.of(), List.of(text), List.of()))
                .record()
                .failures()
                .get(0);

        assertEquals(1, reason.lines().count());
        assertTrue(reason.length() < AgentResultCodec.MAX_TEXT_LENGTH + 50, "" + reason.length());
        assertTrue(reason.startsWith("a\\u000D\\u000A[Pipeline] \\u001B[31m"), reason.substring(0, 40));
    }

    @Test
    void messagesOfRejectionsDoNotRepeatTheAgent() throws Exception {
        InvalidAgentResultException e = assertThrows(
                InvalidAgentResultException.class,
                () -> AgentResultCodec.decode(message(json(record(site("a"))), 1, "{\"evil\": tru")));

        assertFalse(String.valueOf(e.getMessage()).contains("evil"), e.getMessage());
        assertEquals(1, String.valueOf(e.getMessage()).lines().count());
    }

    @Test
    void resultThatTheControllerWouldRejectIsAnErrorOnTheAgent() {
        String padded = "x".repeat(AgentResultCodec.MAX_REPORT_BYTES);
        List<SiteRecord> sites = new ArrayList<>(Collections.nCopies(17, site("a")));
        AgentScanResult result = new AgentScanResult(
                new BuildRecord(sites, List.of(), List.of()), Collections.nCopies(sites.size(), padded));

        InvalidSettingException e = assertThrows(InvalidSettingException.class, () -> AgentResultCodec.encode(result));
        assertTrue(String.valueOf(e.getMessage()).startsWith("urls: "), e.getMessage());
    }

    private static void assertRejected(String part, Object received) {
        InvalidAgentResultException e =
                assertThrows(InvalidAgentResultException.class, () -> AgentResultCodec.decode(received));
        assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
    }

    private static AgentScanResult decode(BuildRecord record, String... reports) throws Exception {
        return AgentResultCodec.decode(message(json(record), reports.length, reports));
    }

    private static BuildRecord record(SiteRecord site) {
        return new BuildRecord(List.of(site), List.of(), List.of());
    }

    private static SiteRecord site(String url) {
        return new SiteRecord(url, "", "F", 37, true, new GateResult(37, List.of(), List.of(), List.of()), List.of());
    }

    private static String json(BuildRecord record) {
        return BuildRecordJson.write(record);
    }

    private static byte[] message(String record, int count, String... reports) throws IOException {
        return gzip(out -> {
            text(out, record);
            out.writeInt(count);
            for (String report : reports) {
                text(out, report);
            }
        });
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private interface MessageBody {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] gzip(MessageBody body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            body.write(out);
        }
        return bytes.toByteArray();
    }
}
