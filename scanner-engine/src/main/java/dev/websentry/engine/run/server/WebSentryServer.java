package dev.websentry.engine.run.server;

import dev.websentry.engine.target.Proxies;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A server whose API scans, and how it is asked.
 *
 * @param base where its API begins, such as {@code https://websentry.dev}
 * @param key sent to it as it stands; empty for an anonymous caller
 * @param keyOption how the user of a front end gives the key, for messages
 * @param timeout for one target, all requests and waits together
 * @param connectTimeout for one connection
 * @param userAgent what the requests call themselves
 */
public record WebSentryServer(
        HttpUrl base,
        Optional<String> key,
        String keyOption,
        Duration timeout,
        Duration connectTimeout,
        String userAgent,
        Proxies proxies) {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,512}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1");

    /**
     * Reads a base URL: https, or http to this machine, since the key travels to it.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static HttpUrl base(String text) {
        HttpUrl url = HttpUrl.parse(text);
        // A URL with a password in it is not repeated.
        String said = text.contains("@") ? "the URL" : "'" + text + "'";
        if (url == null) {
            throw new IllegalArgumentException(
                    said + " is not the URL of a WebSentry server: expected one such as https://websentry.dev");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty() || url.query() != null || url.fragment() != null) {
            throw new IllegalArgumentException(said + " holds more than scheme, host, port and path");
        }
        if (!url.isHttps() && !LOOPBACK.matcher(url.host()).matches()) {
            throw new IllegalArgumentException(
                    said + " is plain http, over which no API key is sent: expected https, or http to this machine");
        }
        return url;
    }

    /**
     * Checks an API key, without repeating it.
     *
     * @throws IllegalArgumentException when it can be none
     */
    public static String key(String text) {
        if (!KEY.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "the text is no API key: expected printable ASCII without blanks, such as ss_ and a random part");
        }
        return text;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "the WebSentry server " + base.scheme() + "://" + base.host()
                + (base.port() == HttpUrl.defaultPort(base.scheme()) ? "" : ":" + base.port());
    }
}
