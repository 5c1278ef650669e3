package dev.websentry.server.webhook;

import dev.websentry.engine.config.InvalidTargetException;
import dev.websentry.engine.config.Target;
import dev.websentry.server.settings.WebSentryProperties;
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
    /** Shorter than the limits of all services: Slack allows 150 characters in a header, Discord 256 in a title. */
    private static final int MAX_TITLE_LENGTH = 120;

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
     * @param payload the message in the format {@link WebhookFormat#JSON}
     */
    String body(Webhook webhook, String payload) {
        return switch (webhook.format()) {
            case JSON -> payload;
            case SLACK -> ChatPayloads.slack(text(payload)).toString();
            case TEAMS -> ChatPayloads.teams(text(payload)).toString();
            case DISCORD -> ChatPayloads.discord(text(payload)).toString();
            case NTFY ->
                ChatPayloads.ntfy(text(payload), WebhookFormat.ntfyTopic(webhook.url()))
                        .toString();
        };
    }

    private ChatText text(String payload) {
        JsonNode message = JsonMapper.shared().readTree(payload);
        JsonNode data = message.path("data");
        if (!message.path("event").asString("").equals("grade_fell")) {
            return new ChatText(
                    "Test message", "This webhook can receive messages from WebSentry.", "", Optional.empty());
        }
        String url = data.at("/monitor/url").asString("");
        String host = host(url);
        String previous = data.path("previous_grade").asString("");
        String grade = data.path("grade").asString("");
        return new ChatText(
                shorten(host, MAX_TITLE_LENGTH - 40) + " dropped from grade " + previous + " to " + grade,
                "The security grade of a monitored site is now " + grade + " with "
                        + data.path("score").asInt() + " of 100 points. It was " + previous + ".",
                shorten(url, MAX_URL_LENGTH),
                server.map(base -> base + "/scans/" + data.path("scan_id").asString("")));
    }

    /** Returns the host in ASCII, which contains no markup. */
    private static String host(String url) {
        try {
            return Target.parse(url).host().toUrlHost();
        } catch (InvalidTargetException e) {
            // Monitors have valid URLs, unless the rules change.
            return "A monitored site";
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
