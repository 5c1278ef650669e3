package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ServerLog;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.testing.TestSites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How much a scan logs. */
class ScanLogTest {
    @TempDir
    Path folder;

    /** Every record that fails to validate would be several lines of the DNS library. */
    @Test
    void siteWithBogusDnssecLogsOneLine() throws IOException {
        Path log = folder.resolve("server.log");
        Path anchor = TestSites.settings().stream()
                .filter(setting -> setting.startsWith("--websentry.scan.trust-anchor="))
                .map(setting -> Path.of(setting.substring(setting.indexOf('=') + 1)))
                .findFirst()
                .orElseThrow();
        Path wrong = Files.writeString(folder.resolve("anchor.zone"), withWrongDigest(Files.readString(anchor)));
        List<String> settings = Stream.of(
                        DatabaseVendor.SQLITE.freshDatabase(),
                        TestSites.settings(),
                        List.of(
                                "--websentry.scan.trust-anchor=" + wrong,
                                "--logging.file.name=" + log,
                                // Of the code that runs in a scan only, because other threads may log meanwhile.
                                "--logging.level.dev.websentry.server.scan=info",
                                "--logging.level.dev.websentry.engine=info",
                                "--logging.level.org.xbill=info",
                                "--logging.level.okhttp3=info"))
                .flatMap(List::stream)
                .toList();
        try (TestServer server = TestServer.start(settings)) {
            int before = ServerLog.lines(log).size();
            String id = server.client()
                    .post("/api/scan", "{\"url\": \"" + TestSites.GOOD + "\"}")
                    .assertStatus(200)
                    .json()
                    .get("scanId")
                    .asString();
            List<String> lines = ServerLog.lines(log);
            List<String> added = lines.subList(before, lines.size());
            assertEquals(1, added.size(), () -> String.join("\n", added));
            assertTrue(added.get(0).contains("scan " + id + " of "), added.get(0));
            JsonNode report = server.client().get("/api/scan/" + id + "/json").json();
            assertTrue(
                    report.toString().contains("www.example.com does not validate"),
                    "the site must fail the validation: " + report);
        }
    }

    private static String withWrongDigest(String record) {
        String text = record.strip();
        char last = text.charAt(text.length() - 1);
        return text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0') + "\n";
    }
}
