package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.DocumentedExamples;
import dev.websentry.server.testing.MutableClock;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.jdbc.core.simple.JdbcClient;

class ScanHousekeepingTest {
    /** Requests arrive as soon as the web server listens, while other components still start. */
    @ParameterizedTest
    @EnumSource
    void onlyScansOfTheLastProcessAreInterruptedAtStartup(DatabaseVendor vendor) {
        List<String> database = vendor.freshDatabase();
        MutableClock clock = new MutableClock();
        try (TestServer crashed = TestServer.start(database, clock)) {
            crashed.get(JdbcClient.class).sql("""
                            INSERT INTO scan (id, url, site, state, run_id, created_at)
                            VALUES ('cut', 'example.com', 'example.com', 'running', 'dead', :now)""").param("now", clock.millis()).update();
        }
        clock.advance(Duration.ofMillis(1));
        CountDownLatch gate = new CountDownLatch(1);
        SiteScanner scanner = (id, target, progress) -> {
            awaitQuietly(gate);
            return DocumentedExamples.report();
        };
        AtomicReference<String> cut = new AtomicReference<>();
        AtomicReference<String> early = new AtomicReference<>();
        WebServerListener listener = new WebServerListener(client -> {
            cut.set(client.scanState("cut"));
            early.set(client.post("/api/scans", "{\"url\": \"example.com\"}")
                    .assertStatus(202)
                    .json()
                    .get("scanId")
                    .asString());
            // Whatever the server does next, it does later than the scan was accepted.
            clock.advance(Duration.ofMillis(1));
        });
        try (TestServer server = TestServer.start(database, clock, scanner, listener)) {
            JdbcClient db = server.get(JdbcClient.class);
            String afterStart = db.sql("SELECT state FROM scan WHERE id = :id")
                    .param("id", early.get())
                    .query(String.class)
                    .single();
            gate.countDown();
            // On PostgreSQL, another node may run it.
            assertEquals(vendor == DatabaseVendor.SQLITE ? "interrupted" : "running", cut.get());
            assertEquals("running", afterStart);
            Await.until(
                    "the scan is done",
                    () -> server.client().scanState(early.get()).equals("done"));
        }
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs as soon as the web server listens. */
    private record WebServerListener(Consumer<TestClient> onStart)
            implements ApplicationListener<ServletWebServerInitializedEvent> {
        @Override
        public void onApplicationEvent(ServletWebServerInitializedEvent event) {
            // The management server has a namespace.
            if (event.getApplicationContext().getServerNamespace() == null) {
                URI url = URI.create("http://127.0.0.1:" + event.getWebServer().getPort());
                onStart.accept(new TestClient(() -> url));
            }
        }
    }
}
