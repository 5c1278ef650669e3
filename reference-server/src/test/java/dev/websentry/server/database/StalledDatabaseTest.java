package dev.websentry.server.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
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
                            // The default is a minute.
                            + (setting.contains("?") ? "&" : "?")
                            + "socketTimeout=1");
            try (TestServer server = TestServer.start(settings)) {
                TestClient management = new TestClient(() -> URI.create("http://127.0.0.1:" + server.managementPort()));
                server.client().get(PATH).assertError(404, "not_found");
                ListAppender<ILoggingEvent> log = new ListAppender<>();
                log.start();
                root.addAppender(log);
                proxy.stall();
                server.client().get(PATH).assertError(503, "busy");
                management.get("/actuator/health/readiness").assertStatus(503);
                proxy.resume();
                Await.until(
                        "the pool has connections",
                        () -> server.client().get(PATH).status() == 404);
                management.get("/actuator/health/readiness").assertStatus(200);
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

    @Test
    void theDefaultIsAMinute() {
        try (TestServer server = TestServer.start(DatabaseVendor.POSTGRESQL.freshDatabase())) {
            assertEquals(
                    60L,
                    server.get(HikariDataSource.class).getDataSourceProperties().get("socketTimeout"));
        }
    }
}
