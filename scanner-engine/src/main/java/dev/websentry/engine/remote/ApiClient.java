package dev.websentry.engine.remote;

import dev.websentry.engine.config.HttpProxy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Sends requests to the API of a server, with limits on response size and time. Does not follow redirects, so that the
 * API key is never sent to another host.
 */
final class ApiClient implements AutoCloseable {
    /** Limits memory use; larger than any report. */
    static final int MAX_RESPONSE_BYTES = 8 << 20;

    private static final MediaType JSON = MediaType.get("application/json");

    private final RemoteServer server;
    private final OkHttpClient client;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ApiClient(RemoteServer server) {
        this.server = server;
        this.client = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(server.connectTimeout())
                .proxySelector(new ServerProxySelector())
                .proxyAuthenticator((route, response) -> authenticate(response))
                .build();
    }

    /**
     * A response of the API.
     *
     * @param status the HTTP status code
     * @param body the body; empty if it is larger than {@link #MAX_RESPONSE_BYTES}
     * @param retryAfter the value of Retry-After, if present
     * @param location the value of Location, if present
     */
    record ApiResponse(int status, Optional<String> body, Optional<String> retryAfter, Optional<String> location) {}

    /** Sends a POST request with a JSON body. */
    ApiResponse post(String path, byte[] json, Duration timeout) throws IOException {
        return execute(request(path).post(RequestBody.create(json, JSON)).build(), timeout);
    }

    /** Sends a GET request. */
    ApiResponse get(String path, Duration timeout) throws IOException {
        return execute(request(path).build(), timeout);
    }

    private Request.Builder request(String path) {
        HttpUrl url = server.baseUrl().newBuilder().addPathSegments(path).build();
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("Accept", "application/json")
                .header("User-Agent", server.userAgent());
        server.apiKey().ifPresent(key -> request.header("Authorization", key));
        return request;
    }

    private ApiResponse execute(Request request, Duration timeout) throws IOException {
        OkHttpClient bounded = client.newBuilder()
                .callTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .build();
        Call call = bounded.newCall(request);
        calls.add(call);
        if (closed) {
            call.cancel();
        }
        try (Response response = send(call)) {
            BufferedSource source = response.body().source();
            boolean tooLarge = source.request(MAX_RESPONSE_BYTES + 1L);
            return new ApiResponse(
                    response.code(),
                    tooLarge ? Optional.empty() : Optional.of(source.readString(StandardCharsets.UTF_8)),
                    Optional.ofNullable(response.header("Retry-After")),
                    Optional.ofNullable(response.header("Location")));
        } finally {
            calls.remove(call);
        }
    }

    /**
     * Sends a request. OkHttp throws an undeclared InterruptedException if the thread is interrupted as it connects.
     */
    private static Response send(Call call) throws IOException {
        try {
            return call.execute();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    /** Returns whether the client was closed, which ends its requests. */
    boolean isClosed() {
        return closed;
    }

    private @org.jspecify.annotations.Nullable Request authenticate(Response response) {
        Request request = response.request();
        // Only once: a proxy that rejects the credentials would reject them again.
        return request.header("Proxy-Authorization") != null
                ? null
                : proxy().flatMap(HttpProxy::credentials)
                        .map(credentials -> request.newBuilder()
                                .header("Proxy-Authorization", credentials.authorizationHeader())
                                .build())
                        .orElse(null);
    }

    private Optional<HttpProxy> proxy() {
        return server.proxies()
                .forUrl(server.baseUrl().scheme(), server.baseUrl().host());
    }

    /** Cancels the running requests, because an interrupt does not end a blocking read. */
    @Override
    public void close() {
        closed = true;
        calls.forEach(Call::cancel);
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private final class ServerProxySelector extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            return List.of(proxy().map(proxy -> new Proxy(
                            Proxy.Type.HTTP,
                            InetSocketAddress.createUnresolved(
                                    proxy.address().host(), proxy.address().port())))
                    .orElse(Proxy.NO_PROXY));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // The caller of the request receives an exception.
        }
    }
}
