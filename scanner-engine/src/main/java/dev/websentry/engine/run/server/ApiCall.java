package dev.websentry.engine.run.server;

import dev.websentry.engine.target.HttpProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Requests to a server's API, bounded in size and time. Redirects are not followed: a key must not travel to whomever a
 * Location names.
 */
final class ApiCall implements AutoCloseable {
    /** No report comes near it. */
    static final int MOST_BYTES = 8 << 20;

    private static final MediaType JSON = MediaType.get("application/json");

    private final WebSentryServer server;
    private final OkHttpClient client;

    ApiCall(WebSentryServer server) {
        this.server = server;
        this.client = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(server.connectTimeout())
                .proxySelector(new Selector())
                .proxyAuthenticator((route, response) -> authorized(response))
                .build();
    }

    /**
     * An answer.
     *
     * @param body empty when it is larger than {@link #MOST_BYTES}
     * @param retryAfter the header, if any
     */
    record Answer(int status, Optional<String> body, Optional<String> retryAfter, Optional<String> location) {}

    Answer post(String path, byte[] json, Duration timeout) throws IOException {
        return execute(request(path).post(RequestBody.create(json, JSON)).build(), timeout);
    }

    Answer get(String path, Duration timeout) throws IOException {
        return execute(request(path).build(), timeout);
    }

    private Request.Builder request(String path) {
        HttpUrl url = server.base().newBuilder().addPathSegments(path).build();
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("Accept", "application/json")
                .header("User-Agent", server.userAgent());
        server.key().ifPresent(key -> request.header("Authorization", key));
        return request;
    }

    private Answer execute(Request request, Duration timeout) throws IOException {
        OkHttpClient bounded = client.newBuilder()
                .callTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .build();
        try (Response response = bounded.newCall(request).execute()) {
            BufferedSource source = response.body().source();
            boolean tooLarge = source.request(MOST_BYTES + 1L);
            return new Answer(
                    response.code(),
                    tooLarge ? Optional.empty() : Optional.of(source.readString(StandardCharsets.UTF_8)),
                    Optional.ofNullable(response.header("Retry-After")),
                    Optional.ofNullable(response.header("Location")));
        }
    }

    private @org.jspecify.annotations.Nullable Request authorized(Response response) {
        Request request = response.request();
        // Once: a proxy that refuses it will refuse it again.
        return request.header("Proxy-Authorization") != null
                ? null
                : proxy().flatMap(HttpProxy::credentials)
                        .map(credentials -> request.newBuilder()
                                .header("Proxy-Authorization", credentials.basic())
                                .build())
                        .orElse(null);
    }

    private Optional<HttpProxy> proxy() {
        return server.proxies().forUrl(server.base().scheme(), server.base().host());
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private final class Selector extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            return List.of(proxy().map(proxy -> new Proxy(
                            Proxy.Type.HTTP,
                            InetSocketAddress.createUnresolved(
                                    proxy.place().host(), proxy.place().port())))
                    .orElse(Proxy.NO_PROXY));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // The one who asks learns of it as an exception.
        }
    }
}
