package dev.websentry.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class WebhookDeliveryRepositoryTest extends EndpointTest {
    /** A test message is stored before its result is; a crash between both must not schedule attempts forever. */
    @Test
    void messageWithoutANextAttemptIsNotScheduled() {
        TestUser user = user(Plan.PRO);
        server().get(WebhookService.class).set(account(user.email()), "https://hooks.example.com/x", "json");
        JdbcClient db = server().get(JdbcClient.class);
        String webhook = db.sql("SELECT id FROM webhook WHERE account_id = :account")
                .param("account", user.id())
                .query(String.class)
                .single();
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
}
