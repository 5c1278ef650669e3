package dev.websentry.engine.remote;

import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.config.ScanOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A remote server that scans through its API.
 *
 * @param baseUrl the base URL of the API, such as {@code https://websentry.dev}
 * @param apiKey the API key; empty for anonymous requests
 * @param apiKeyOption the name of the API key option in the front end, for messages
 * @param timeout the timeout for one target, including all requests and waits
 * @param connectTimeout the timeout for one connection
 * @param userAgent the value of the User-Agent header field
 * @param proxies the proxies for connections to the server
 */
public record RemoteServer(
        HttpUrl baseUrl,
        Optional<String> apiKey,
        String apiKeyOption,
        Duration timeout,
        Duration connectTimeout,
        String userAgent,
        ProxyConfiguration proxies) {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,512}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1");

    /**
     * Creates settings from texts, with the default user agent.
     *
     * @param url the URL of the server, see {@link #baseUrl(String)}
     * @param apiKey the API key, see {@link #apiKey(String)}; empty for anonymous requests
     * @param apiKeyOption the name of the option that sets the key, for messages
     * @param timeout the maximum duration of a request
     * @throws IllegalArgumentException if the URL or the key is not valid
     */
    public static RemoteServer parse(
            String url,
            String apiKey,
            String apiKeyOption,
            Duration timeout,
            Duration connectTimeout,
            ProxyConfiguration proxies) {
        return new RemoteServer(
                baseUrl(url),
                apiKey.isEmpty() ? Optional.empty() : Optional.of(apiKey(apiKey)),
                apiKeyOption,
                timeout,
                connectTimeout,
                ScanOptions.defaults().userAgent(),
                proxies);
    }

    /**
     * Parses a base URL. Only https is allowed, or http to this machine, because the API key is sent to it.
     *
     * @throws IllegalArgumentException if the URL is invalid or uses another scheme
     */
    public static HttpUrl baseUrl(String text) {
        HttpUrl url = HttpUrl.parse(text);
        // The message does not repeat a URL that may contain a password.
        String shown = text.contains("@") ? "the URL" : "\"" + text + "\"";
        if (url == null) {
            throw new IllegalArgumentException(
                    shown + " is not the URL of a WebSentry server; use a URL such as https://websentry.dev");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty() || url.query() != null || url.fragment() != null) {
            throw new IllegalArgumentException(
                    shown + " contains a user name, password, query or fragment; use only scheme, host, port and path");
        }
        if (!url.isHttps() && !LOOPBACK.matcher(url.host()).matches()) {
            throw new IllegalArgumentException(
                    shown + " would send the API key unencrypted; use https, or http to this machine");
        }
        return url;
    }

    /**
     * Validates an API key.
     *
     * @return the API key
     * @throws IllegalArgumentException if the text cannot be an API key; the message does not contain the text
     */
    public static String apiKey(String text) {
        if (!KEY.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "invalid API key; use printable ASCII without spaces, such as ss_ followed by random characters");
        }
        return text;
    }

    /** Returns a description without the API key. */
    @Override
    public String toString() {
        return "the WebSentry server " + baseUrl.scheme() + "://" + baseUrl.host()
                + (baseUrl.port() == HttpUrl.defaultPort(baseUrl.scheme()) ? "" : ":" + baseUrl.port());
    }
}
