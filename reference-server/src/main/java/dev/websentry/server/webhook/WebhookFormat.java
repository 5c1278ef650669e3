package dev.websentry.server.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The format of the messages of a webhook. */
enum WebhookFormat {
    /** The documented event, for programs. */
    JSON("JSON, for programs"),
    SLACK("Slack"),
    /** An Adaptive Card for a Teams workflow that starts when a webhook request is received. */
    TEAMS("Microsoft Teams"),
    DISCORD("Discord"),
    NTFY("ntfy");

    /** A topic of ntfy, the only segment of the path. */
    private static final Pattern NTFY_PATH = Pattern.compile("/[-_A-Za-z0-9]{1,64}/?");

    private final String title;

    WebhookFormat(String title) {
        this.title = title;
    }

    /** Returns the name for users. */
    String title() {
        return title;
    }

    /** Returns the name in the database and in the API. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses the name of a format.
     *
     * @throws IllegalArgumentException if the format does not exist; the message contains the input
     */
    static WebhookFormat parse(String text) {
        return Arrays.stream(values())
                .filter(format -> format.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown format '" + text + "'; use one of "
                        + Arrays.stream(values()).map(WebhookFormat::wireName).collect(Collectors.joining(", "))));
    }

    /**
     * Checks whether the URL of a webhook is usable with this format.
     *
     * @throws IllegalArgumentException if it is not; the message contains the input
     */
    void requireUsable(URI url) {
        if (this == NTFY && !NTFY_PATH.matcher(String.valueOf(url.getRawPath())).matches()) {
            throw new IllegalArgumentException(
                    "'" + url + "' is not the URL of an ntfy topic; use one such as" + " https://ntfy.sh/my-topic");
        }
    }

    /** Returns where messages are posted: for ntfy the server, because the body names the topic. */
    URI endpoint(URI url) {
        if (this != NTFY) {
            return url;
        }
        try {
            return new URI(url.getScheme(), url.getRawAuthority(), "/", null, null)
                    .resolve(url.getRawQuery() == null ? "/" : "/?" + url.getRawQuery());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + url + "' is not a valid URL", e);
        }
    }

    /** Returns the topic of an ntfy URL. */
    static String ntfyTopic(URI url) {
        return url.getRawPath().replace("/", "");
    }
}
