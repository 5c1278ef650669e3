package dev.websentry.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.token.SecureTokens;
import dev.websentry.server.webhook.WebhookDelivery.DeliveryAttempt;
import dev.websentry.server.webhook.WebhookDelivery.DeliveryState;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class WebhookDeliveryRepositoryTest extends EndpointTest {
    private String newWebhook() {
        TestUser user = user(Plan.PRO);
        server().get(WebhookService.class).set(account(user.email()), "https://hooks.example.com/x", "json");
        return server().get(JdbcClient.class)
                .sql("SELECT id FROM webhook WHERE account_id = :account")
                .param("account", user.id())
                .query(String.class)
                .single();
    }

    /** Without this, such a message would schedule attempts forever. */
    @Test
    void messageWithoutANextAttemptIsNotScheduled() {
        String webhook = newWebhook();
        JdbcClient db = server().get(JdbcClient.class);
        db.sql("""
                        INSERT INTO webhook_delivery
                            (id, webhook_id, payload, state, attempts, created_at)
                        VALUES (:id, :webhook, '{}', 'pending', 0, 0)""")
                .param("id", "unfinished-" + webhook)
                .param("webhook", webhook)
                .update();
        assertEquals(
                Optional.empty(), server().get(WebhookDeliveryRepository.class).findNextAttempt(webhook));
    }

    @Test
    void completedMessageIsStoredWithItsResult() {
        String webhook = newWebhook();
        WebhookDeliveryRepository messages = server().get(WebhookDeliveryRepository.class);
        WebhookDelivery delivered = messages.addCompleted(
                SecureTokens.newId(), webhook, "{}", new DeliveryAttempt(Optional.of(204), Optional.empty()));
        assertEquals(DeliveryState.DELIVERED, delivered.state());
        assertEquals(1, delivered.attempts());
        assertEquals(Optional.empty(), delivered.nextAttemptAt());
        assertEquals(Optional.of(204), delivered.last().status());
        assertEquals(Optional.of(delivered.createdAt()), delivered.deliveredAt());
        assertEquals(Optional.of(delivered), messages.find(delivered.id()));
        DeliveryAttempt refused = new DeliveryAttempt(Optional.of(410), Optional.of("status 410"));
        WebhookDelivery failed = messages.addCompleted(SecureTokens.newId(), webhook, "{}", refused);
        assertEquals(DeliveryState.FAILED, failed.state());
        assertEquals(refused, failed.last());
        assertEquals(Optional.empty(), failed.deliveredAt());
    }

    /** A message that only seems to be pending would never be sent, and never be deleted. */
    @Test
    void crashLeavesNoCompletedMessagePending() {
        String webhook = newWebhook();
        JdbcClient db = server().get(JdbcClient.class);
        WebhookDeliveryRepository crashing = new WebhookDeliveryRepository(crashingAfterOneStatement(db), clock());
        crashing.addCompleted(
                SecureTokens.newId(), webhook, "{}", new DeliveryAttempt(Optional.of(204), Optional.empty()));
        assertEquals(
                0,
                ServerDatabase.count(
                        db, "webhook_delivery WHERE state = 'pending' AND webhook_id = '" + webhook + "'"));
    }

    private static JdbcClient crashingAfterOneStatement(JdbcClient db) {
        AtomicInteger statements = new AtomicInteger();
        return (JdbcClient) Proxy.newProxyInstance(
                JdbcClient.class.getClassLoader(), new Class<?>[] {JdbcClient.class}, (proxy, method, arguments) -> {
                    if (statements.incrementAndGet() > 1) {
                        throw new IllegalStateException("crash");
                    }
                    return method.invoke(db, arguments);
                });
    }
}
