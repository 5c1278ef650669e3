package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.DocumentedExamples;
import dev.websentry.server.testing.TestServer;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests scans that end with a defect of the scanner. Only the scanner is replaced by a script. */
class InternalErrorTest {
    private static final List<String> DATABASE = DatabaseVendor.SQLITE.freshDatabase();

    private static Throwable defect(String kind) {
        return switch (kind) {
            case "exception" -> new NoSuchElementException("secret detail");
            case "overflow" -> new StackOverflowError();
            default -> new AssertionError("secret detail");
        };
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"exception", "overflow", "assertion"})
    void responseAndStoredScanNameTheUrl(String kind) {
        SiteScanner crashing = (id, target, progress) -> {
            // A scan that has not contacted the site would not be stored.
            progress.stageStarted(ScanProgressListener.ScanStage.SITE);
            Throwable defect = defect(kind);
            if (defect instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) defect;
        };
        String url = "https://" + kind + ".example.com/a";
        try (TestServer server = TestServer.start(DATABASE, crashing)) {
            String error = server.client()
                    .post("/api/scan", "{\"url\": \"" + url + "\"}")
                    .assertError(500, "internal")
                    .json()
                    .get("error")
                    .asString();
            assertEquals(
                    "The scan of " + url + " failed with an internal error. See the server log for details.", error);
            assertEquals(
                    "failed",
                    server.get(JdbcClient.class)
                            .sql("SELECT state FROM scan WHERE url = :url")
                            .param("url", url)
                            .query(String.class)
                            .single());
        }
    }

    @Test
    void otherScansAreUnaffected() {
        SiteScanner scanner = (id, target, progress) -> {
            if (target.host().ascii().equals("bad.example.com")) {
                throw new NoSuchElementException("defect");
            }
            return DocumentedExamples.report();
        };
        try (TestServer server = TestServer.start(DATABASE, scanner)) {
            server.client().post("/api/scan", "{\"url\": \"bad.example.com\"}").assertError(500, "internal");
            server.client().post("/api/scan", "{\"url\": \"good.example.com\"}").assertStatus(200);
        }
    }
}
