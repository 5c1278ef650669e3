package dev.websentry.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestSites;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The choice of whether e-mails are sent about a monitor, in the API. */
class MonitorEmailAlertsTest extends EndpointTest {
    private static final String BODY =
            "{\"url\": \"https://" + TestSites.BAD + "\", \"frequency\": \"daily\", \"email_alerts\": %s}";

    @Test
    void alertsAreTurnedOffWhenTheMonitorIsCreatedAndOnLater() {
        TestUser user = user(Plan.PRO);
        for (String wrong : List.of("2", "-1", "\"no\"", "[]")) {
            user.client().post("/api/monitors", BODY.formatted(wrong)).assertError(400, "invalid_request");
        }
        TestResponse created =
                user.client().post("/api/monitors", BODY.formatted("0")).assertStatus(200);
        assertEquals(0, created.json().at("/monitor/email_alerts").asInt(-1));
        String path = "/api/monitors/" + created.json().at("/monitor/id").asString();
        TestResponse changed = patch(user, path, "{\"email_alerts\": 1}").assertStatus(200);
        assertEquals(1, changed.json().at("/monitor/email_alerts").asInt(-1));
        for (String wrong : List.of("{}", "{\"email_alerts\": null}", "{\"email_alerts\": 7}", "[]")) {
            patch(user, path, wrong).assertError(400, "invalid_request");
        }
        patch(user(Plan.PRO), path, "{\"email_alerts\": 0}").assertError(404, "not_found");
        patch(user, "/api/monitors/none", "{\"email_alerts\": 0}").assertError(404, "not_found");
        assertEquals(
                1,
                user.client()
                        .get("/api/monitors")
                        .json()
                        .at("/monitors/0/email_alerts")
                        .asInt(-1));
    }

    private static TestResponse patch(TestUser user, String path, String body) {
        return user.client().send("PATCH", path, "application/json", BodyPublishers.ofString(body));
    }
}
