package dev.websentry.server.webhook;

import dev.websentry.engine.config.InvalidTargetException;
import dev.websentry.engine.config.Target;
import dev.websentry.server.settings.WebSentryProperties;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts messages to the formats of chat services. They contain the URL of a monitor only where the service does not
 * interpret markup, because it could contain some.
 */
@Component
class WebhookFormatter {
    /** Titles are shorter than the limits of all services: Slack allows 150 characters in a header, Discord 256. */
    private static final int MAX_HOST_LENGTH = 80;

    private static final int MAX_URL_LENGTH = 500;
    private static final Pattern TRAILING_SLASHES = Pattern.compile("/+$");

    private final Optional<String> server;

    WebhookFormatter(WebSentryProperties settings) {
        server = Optional.ofNullable(settings.publicUrl())
                .map(url -> TRAILING_SLASHES.matcher(url.toString()).replaceFirst(""));
    }

    /**
     * Returns the body of a request.
     *
     * @param url the URL of the webhook
     * @param payload the message in the format {@link WebhookFormat#JSON}
     */
    String body(WebhookFormat format, URI url, String payload) {
        return switch (format) {
            case JSON -> payload;
            case SLACK -> ChatPayloads.slack(text(payload)).toString();
            case TEAMS -> ChatPayloads.teams(text(payload)).toString();
            case DISCORD -> ChatPayloads.discord(text(payload)).toString();
            case NTFY ->
                ChatPayloads.ntfy(text(payload), WebhookFormat.ntfyTopic(url)).toString();
        };
    }

    private ChatText text(String payload) {
        JsonNode message = JsonMapper.shared().readTree(payload);
        JsonNode data = message.path("data");
        return switch (message.path("event").asString("")) {
            case WebhookNotificationService.GRADE_DROPPED -> gradeDropped(data);
            case WebhookNotificationService.CERTIFICATE_EXPIRES -> certificateExpires(data);
            default ->
                new ChatText("Test message", "This webhook can receive messages from WebSentry.", "", Optional.empty());
        };
    }

    private ChatText gradeDropped(JsonNode data) {
        String previous = data.path("previous_grade").asString("");
        String grade = data.path("grade").asString("");
        return text(
                data,
                host(data) + " dropped from grade " + previous + " to " + grade,
                "The security grade of a monitored site is now " + grade + " with "
                        + data.path("score").asInt() + " of 100 points. It was " + previous + ".");
    }

    private ChatText certificateExpires(JsonNode data) {
        String end = data.path("expires_at").asString("").replace('T', ' ') + " UTC";
        if (data.path("expired").asBoolean(false)) {
            return text(
                    data,
                    "The certificate of " + host(data) + " has expired",
                    "The certificate of a monitored site expired on " + end
                            + ". Browsers reject the site until it is renewed.");
        }
        long days = data.path("days_left").asLong(0);
        String when = days == 0 ? "in less than a day" : days == 1 ? "in 1 day" : "in " + days + " days";
        return text(
                data,
                "The certificate of " + host(data) + " expires " + when,
                "The certificate of a monitored site expires on " + end
                        + ". Renew it, and check why it was not renewed automatically.");
    }

    private ChatText text(JsonNode data, String title, String body) {
        return new ChatText(
                title,
                body,
                shorten(data.at("/monitor/url").asString(""), MAX_URL_LENGTH),
                server.map(base -> base + "/scans/" + data.path("scan_id").asString("")));
    }

    /** Returns the host in ASCII, which contains no markup. */
    private static String host(JsonNode data) {
        try {
            String host =
                    Target.parse(data.at("/monitor/url").asString("")).host().toUrlHost();
            return shorten(host, MAX_HOST_LENGTH);
        } catch (InvalidTargetException e) {
            // Monitors have valid URLs, unless the rules change.
            return "a monitored site";
        }
    }

    private static String shorten(String text, int maxLength) {
        return text.length() <= maxLength ? text : text.substring(0, maxLength) + "...";
    }

    /**
     * The text of a message.
     *
     * @param title one line without markup
     * @param body a sentence without markup
     * @param url the URL of the monitored site, which may contain markup; may be empty
     * @param report the URL of the report on this server
     */
    record ChatText(String title, String body, String url, Optional<String> report) {}
}
