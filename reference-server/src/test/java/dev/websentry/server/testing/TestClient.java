package dev.websentry.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP client of a server that keeps cookies and has its own client address. */
public final class TestClient {
    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final Pattern CSRF_FIELD = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    private final Supplier<URI> server;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .build();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** @param server returns the server's URL; called for each request, because a restarted server has another port */
    public TestClient(Supplier<URI> server) {
        this.server = server;
        int number = ADDRESSES.incrementAndGet();
        withHeader("X-Forwarded-For", "198.18." + number / 250 + "." + (number % 250 + 1));
    }

    /** Adds a header to all further requests; null removes it. */
    public TestClient withHeader(String header, String value) {
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }
        return this;
    }

    public TestClient withApiKey(String key) {
        return withHeader("Authorization", key);
    }

    public TestResponse get(String path) {
        return send("GET", path, null, BodyPublishers.noBody());
    }

    public TestResponse delete(String path) {
        return send("DELETE", path, null, BodyPublishers.noBody());
    }

    public TestResponse patch(String path) {
        return send("PATCH", path, null, BodyPublishers.noBody());
    }

    public TestResponse post(String path) {
        return send("POST", path, null, BodyPublishers.noBody());
    }

    public TestResponse post(String path, String json) {
        return send("POST", path, "application/json", BodyPublishers.ofString(json));
    }

    /**
     * Submits a form of a page with its CSRF token.
     *
     * @param page the page that contains the form
     * @param fields names and values, alternating
     */
    public TestResponse submit(String page, String action, String... fields) {
        return submitWithToken(formToken(page), action, fields);
    }

    /** Returns the CSRF token of the forms of a page, which stays valid as long as the session. */
    public String formToken(String page) {
        String html = get(page).body();
        Matcher token = CSRF_FIELD.matcher(html);
        if (!token.find()) {
            throw new AssertionError("no form on " + page + ": " + html);
        }
        return token.group(1);
    }

    /** Submits a form with a token that was read before. */
    public TestResponse submitWithToken(String token, String action, String... fields) {
        StringBuilder form = new StringBuilder("_csrf=").append(encode(token));
        for (int i = 0; i < fields.length; i += 2) {
            form.append('&').append(encode(fields[i])).append('=').append(encode(fields[i + 1]));
        }
        return send("POST", action, "application/x-www-form-urlencoded", BodyPublishers.ofString(form.toString()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public TestResponse send(String method, String path, String contentType, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.get().resolve(path))
                .timeout(REQUEST_TIMEOUT)
                .method(method, body);
        headers.forEach(request::setHeader);
        if (contentType != null) {
            request.setHeader("Content-Type", contentType);
        }
        try {
            return new TestResponse(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Optional<HttpCookie> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst();
    }

    public void forgetCookies() {
        cookies.getCookieStore().removeAll();
    }

    /** Returns the state of a scan that this client may read. */
    public String scanState(String id) {
        return get("/api/scan/" + id + "/progress")
                .assertStatus(200)
                .json()
                .at("/progress/state")
                .asString();
    }
}
