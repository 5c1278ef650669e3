package dev.websentry.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.EmailEndpointTest;
import dev.websentry.testsite.TestSite;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The exact JSON that chat services receive, over plain HTTP to a receiver on loopback. */
class WebhookFormatTest extends EmailEndpointTest {
    private static final String SLACK = """
            {"text": "shop.example.com dropped from grade A to C",
             "blocks": [
               {"type": "header", "text": {"type": "plain_text", "text": "shop.example.com dropped from grade A to C", "emoji": false}},
               {"type": "section", "text": {"type": "plain_text", "text": "The security grade of a monitored site is now C with 61 of 100 points. It was A.", "emoji": false}},
               {"type": "context", "elements": [{"type": "plain_text", "text": "https://shop.example.com/<!channel>", "emoji": false}]},
               {"type": "actions", "elements": [{"type": "button", "url": "http://sentry.example.com/scans/s1", "text": {"type": "plain_text", "text": "Open the report", "emoji": false}}]}]}""";

    private static final String TEAMS = """
            {"type": "message", "attachments": [{
               "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null,
               "content": {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
                 "body": [
                   {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "shop.example.com dropped from grade A to C", "size": "Large", "weight": "Bolder"}]},
                   {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "The security grade of a monitored site is now C with 61 of 100 points. It was A."}]},
                   {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "https://shop.example.com/<!channel>", "isSubtle": true}]}],
                 "actions": [{"type": "Action.OpenUrl", "title": "Open the report", "url": "http://sentry.example.com/scans/s1"}]}}]}""";

    private static final String DISCORD = """
            {"embeds": [{
               "title": "shop.example.com dropped from grade A to C",
               "description": "The security grade of a monitored site is now C with 61 of 100 points. It was A.",
               "color": 12597547, "url": "http://sentry.example.com/scans/s1",
               "fields": [{"name": "Site", "value": "`https://shop.example.com/<!channel>`"}]}],
             "allowed_mentions": {"parse": []}}""";

    private static final String NTFY = """
            {"topic": "my-topic", "title": "shop.example.com dropped from grade A to C",
             "message": "The security grade of a monitored site is now C with 61 of 100 points. It was A.\\nhttps://shop.example.com/<!channel>",
             "priority": 4, "tags": ["warning"], "click": "http://sentry.example.com/scans/s1"}""";

    private static final GradeDropped.MonitorReference MONITOR =
            new GradeDropped.MonitorReference("m", "https://shop.example.com/<!channel>", "daily");

    private final List<TestSite> receivers = new ArrayList<>();

    @AfterEach
    void closeReceivers() {
        receivers.forEach(TestSite::close);
    }

    @Test
    void slackReceivesBlocks() {
        assertJson(SLACK, receive("slack", "/services/T0/B0/x"));
    }

    @Test
    void teamsReceivesAnAdaptiveCard() {
        assertJson(TEAMS, receive("teams", "/workflows/x?sig=1"));
    }

    @Test
    void discordReceivesAnEmbedWithoutMentions() {
        assertJson(DISCORD, receive("discord", "/api/webhooks/1/x"));
    }

    @Test
    void ntfyReceivesTheTopicAtTheRootOfItsServer() {
        RecordedRequest request = receive("ntfy", "/my-topic?auth=dG9rZW4");
        assertEquals("POST /?auth=dG9rZW4 HTTP/1.1", request.getRequestLine());
        assertJson(NTFY, request);
    }

    @Test
    void certificateIsReportedInEveryFormat() {
        for (String format : WebhookService.formats().keySet()) {
            for (boolean expired : List.of(false, true)) {
                String body = receive(format, "/topic", expired ? certificate(0, true) : certificate(13, false))
                        .getBody()
                        .utf8();
                JsonNode json = JsonMapper.shared().readTree(body);
                if (format.equals("json")) {
                    JsonNode event = JsonMapper.shared().readTree("""
                            {"monitor": {"id": "m", "url": "https://shop.example.com/<!channel>", "frequency": "daily"},
                             "expires_at": "2030-06-16T00:00:00", "days_left": %d, "expired": %b, "scan_id": "s1"}""".formatted(expired ? 0 : 13, expired));
                    assertEquals(event, json.get("data"));
                    assertEquals("certificate_expires", json.get("event").asString());
                } else {
                    assertTrue(
                            body.contains("The certificate of shop.example.com "
                                    + (expired ? "has expired" : "expires in 13 days")),
                            body);
                    assertTrue(body.contains("2030-06-16 00:00:00 UTC"), body);
                    assertTrue(body.contains("http://sentry.example.com/scans/s1"), body);
                }
            }
        }
    }

    private static BiConsumer<WebhookNotificationService, String> certificate(int days, boolean expired) {
        return (webhooks, account) -> webhooks.notifyCertificateExpires(
                account, new CertificateExpires(MONITOR, "2030-06-16T00:00:00", days, expired, "s1"));
    }

    @Test
    void everyFormatIsSignedAndSentAsJson() {
        for (String format : WebhookService.formats().keySet()) {
            RecordedRequest request = receive(format, "/topic");
            assertEquals("application/json; charset=utf-8", request.getHeaders().get("Content-Type"), format);
            assertTrue(request.getHeaders().get("WebSentry-Signature").startsWith("t="), format);
        }
    }

    @Test
    void formatIsShownAndIsJsonByDefault() {
        TestUser user = user(Plan.PRO);
        put(user, "{\"url\": \"https://hooks.example.com/a\"}", 200);
        assertEquals("json", shownFormat(user));
        put(user, "{\"url\": \"https://hooks.example.com/a\", \"format\": \"teams\"}", 200);
        assertEquals("teams", shownFormat(user));
        put(user, "{\"url\": \"https://hooks.example.com/a\", \"format\": \"fax\"}", 400);
        put(user, "{\"url\": \"https://ntfy.sh/\", \"format\": \"ntfy\"}", 400);
        put(user, "{\"url\": \"https://ntfy.sh/a/b\", \"format\": \"ntfy\"}", 400);
        assertEquals("teams", shownFormat(user));
    }

    @Test
    void ntfyTopicIsRemovedFromTheEndpoint() {
        URI url = URI.create("https://ntfy.example.com:8443/topic_1?auth=a%2Bb");
        assertEquals(
                "https://ntfy.example.com:8443/?auth=a%2Bb",
                WebhookFormat.NTFY.endpoint(url).toString());
        assertEquals(url, WebhookFormat.SLACK.endpoint(url));
        assertFalse(WebhookFormat.ntfyTopic(url).contains("/"));
    }

    /** Drops the grade of a monitor whose URL contains markup, and returns what the receiver got. */
    private RecordedRequest receive(String format, String path) {
        return receive(
                format,
                path,
                (webhooks, account) ->
                        webhooks.notifyGradeDropped(account, new GradeDropped(MONITOR, "A", "C", 61, "s1")));
    }

    private RecordedRequest receive(
            String format, String path, BiConsumer<WebhookNotificationService, String> notification) {
        TestUser user = user(Plan.PRO);
        TestSite receiver =
                TestSite.http(request -> new MockResponse.Builder().code(202).build());
        receivers.add(receiver);
        String url = "http://127.0.0.1:" + receiver.port() + path;
        put(user, "{\"url\": \"" + url + "\", \"format\": \"" + format + "\"}", 200);
        notification.accept(server().get(WebhookNotificationService.class), user.id());
        Await.until("the message arrives", () -> receiver.requestCount() == 1);
        return receiver.takeRequest();
    }

    private static void put(TestUser user, String body, int status) {
        user.client()
                .send("PUT", "/api/webhook", "application/json", BodyPublishers.ofString(body))
                .assertStatus(status);
    }

    private static String shownFormat(TestUser user) {
        return user.client()
                .get("/api/webhook")
                .assertStatus(200)
                .json()
                .at("/webhook/format")
                .asString();
    }

    private static void assertJson(String expected, RecordedRequest request) {
        JsonMapper mapper = JsonMapper.shared();
        assertEquals(
                mapper.readTree(expected), mapper.readTree(request.getBody().utf8()));
    }
}
