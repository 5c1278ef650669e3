package dev.websentry.server.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.ServerDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class SingleUseTokenRepositoryTest extends EndpointTest {
    /** More threads than the common pool, which may have one. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @AfterAll
    static void stopThreads() {
        THREADS.shutdownNow();
    }

    private SingleUseTokenRepository tokens() {
        return server().get(SingleUseTokenRepository.class);
    }

    private SingleUseToken reset(TestUser user, String details) {
        return new SingleUseToken(
                TokenPurpose.RESET_PASSWORD,
                Optional.of(user.id()),
                user.email(),
                details,
                true,
                // Databases store milliseconds.
                Instant.ofEpochMilli(clock().millis()).plus(Duration.ofHours(1)));
    }

    @Test
    void newTokenReplacesTheEarlierOneOfItsPurposeAndAddress() {
        TestUser user = user(Plan.FREE);
        String other = tokens().create(reset(user(Plan.FREE), "other"));
        SingleUseToken invitation = new SingleUseToken(
                TokenPurpose.INVITATION,
                Optional.empty(),
                user.email(),
                "pro",
                false,
                reset(user, "").expiresAt());
        String invited = tokens().create(invitation);
        String first = tokens().create(reset(user, "first"));
        SingleUseToken replacement = reset(user, "second");
        String second = tokens().create(replacement);
        assertEquals(Optional.empty(), tokens().find(TokenPurpose.RESET_PASSWORD, first));
        assertEquals(Optional.of(replacement), tokens().find(TokenPurpose.RESET_PASSWORD, second));
        assertEquals(Optional.of(invitation), tokens().find(TokenPurpose.INVITATION, invited));
        assertTrue(tokens().find(TokenPurpose.RESET_PASSWORD, other).isPresent());
        assertEquals(Optional.of(replacement), tokens().consume(TokenPurpose.RESET_PASSWORD, second));
        assertEquals(Optional.empty(), tokens().consume(TokenPurpose.RESET_PASSWORD, second));
    }

    /** The second request must not overlook the token of a first one whose transaction is not committed yet. */
    @Test
    void concurrentRequestsLeaveOneValidToken() {
        TestUser user = user(Plan.FREE);
        AtomicReference<String> first = new AtomicReference<>();
        AtomicReference<CompletableFuture<String>> second = new AtomicReference<>();
        server().get(TransactionTemplate.class).executeWithoutResult(status -> {
            first.set(tokens().create(reset(user, "first")));
            second.set(CompletableFuture.supplyAsync(() -> tokens().create(reset(user, "second")), THREADS));
            Await.until(
                    "the second request has ended or waits for the first one",
                    () -> second.get().isDone() || outsideOfTransaction(this::writersWaitForEachOther));
        });
        String latest = second.get().join();
        assertEquals(
                "second",
                tokens().find(TokenPurpose.RESET_PASSWORD, latest).orElseThrow().details());
        assertEquals(Optional.empty(), tokens().find(TokenPurpose.RESET_PASSWORD, first.get()));
        assertEquals(
                1,
                ServerDatabase.count(
                        server().get(JdbcClient.class), "email_token WHERE email = '" + user.email() + "'"));
    }

    /** Within a transaction, PostgreSQL shows the activity of its first query again and again. */
    private static <T> T outsideOfTransaction(Supplier<T> query) {
        return CompletableFuture.supplyAsync(query, THREADS).join();
    }

    /** SQLite has one writer at a time. */
    private boolean writersWaitForEachOther() {
        return vendor == DatabaseVendor.SQLITE
                || ServerDatabase.count(
                                server().get(JdbcClient.class),
                                "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                                        + " AND query LIKE '%email_token%'")
                        > 0;
    }
}
