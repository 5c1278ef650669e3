package dev.websentry.server.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server that stops to respond and keeps its connections open, as behind a broken network. */
class StalledDatabaseTest {
    private static final String PATH = "/api/scan/00000000000000000000000000000000/json";

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    @Test
    void noRequestWaitsForeverAndTheServerRecovers() throws Exception {
        List<String> settings = new ArrayList<>(DatabaseVendor.POSTGRESQL.freshDatabase());
        String setting = settings.get(0);
        URI database = URI.create(setting.substring(setting.indexOf("postgresql://")));
        try (StallingProxy proxy = StallingProxy.to(database.getPort())) {
            settings.set(
                    0,
                    setting.replace(":" + database.getPort() + "/", ":" + proxy.port() + "/")
                            // The default is a minute. Queries of a busy machine must not take longer.
                            .replace(DatabaseVendor.TIMEOUTS, "&socketTimeout=10"));
            try (TestServer server = TestServer.start(settings)) {
                TestClient management = new TestClient(() -> URI.create("http://127.0.0.1:" + server.managementPort()));
                awaitStatus(
                        "the pool has connections", 404, () -> server.client().get(PATH));
                ListAppender<ILoggingEvent> log = new ListAppender<>();
                log.start();
                root.addAppender(log);
                proxy.stall();
                server.client().get(PATH).assertError(503, "busy");
                management.get("/actuator/health/readiness").assertStatus(503);
                proxy.resume();
                awaitStatus(
                        "the pool has connections again",
                        404,
                        () -> server.client().get(PATH));
                awaitStatus("the server is ready again", 200, () -> management.get("/actuator/health/readiness"));
                root.detachAppender(log);
                assertEquals(
                        List.of(),
                        List.copyOf(log.list).stream()
                                .filter(event -> event.getThrowableProxy() != null)
                                .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
                                .toList(),
                        "no stack trace is logged");
            }
        }
    }

    private static void awaitStatus(String what, int status, Supplier<TestResponse> request) {
        Await.until(what, () -> request.get().status() == status);
    }

    @Test
    void theDefaultIsAMinute() {
        try (TestServer server = TestServer.start(DatabaseVendor.POSTGRESQL.freshDatabase())) {
            assertEquals(
                    60L,
                    server.get(HikariDataSource.class).getDataSourceProperties().get("socketTimeout"));
        }
    }
}
