package dev.websentry.testsite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;

/**
 * A web server on loopback with HTTP/1.1 and, over TLS, HTTP/2.
 *
 * <pre>{@code
 * try (TestSite site = TestSite.https(certificate.serverContext(), request -> TestSite.page("hello"))) { ... }
 * }</pre>
 */
public final class TestSite implements AutoCloseable {
    /** The number of requests that are kept; MockWebServer would keep all and fill the memory. */
    private static final int MAX_KEPT_REQUESTS = 1000;

    static {
        BrokenConnectionFilter.install();
    }

    private final MockWebServer server;
    private final AtomicInteger kept = new AtomicInteger();

    private TestSite(MockWebServer server, Function<RecordedRequest, MockResponse> handler, String address) {
        this.server = server;
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (kept.incrementAndGet() > MAX_KEPT_REQUESTS) {
                    RecordedRequest unused = takeRequest();
                }
                return handler.apply(request);
            }
        });
        server.setServerSocketFactory(new NoDelayServerSocketFactory());
        try {
            server.start(InetAddress.getByName(address), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts an HTTP server on 127.0.0.1. */
    public static TestSite http(Function<RecordedRequest, MockResponse> handler) {
        return http(handler, "127.0.0.1");
    }

    /**
     * Starts an HTTP server.
     *
     * @param handler creates the responses
     * @param address loopback address: any of 127.0.0.0/8, or ::1
     */
    public static TestSite http(Function<RecordedRequest, MockResponse> handler, String address) {
        return new TestSite(new MockWebServer(), handler, address);
    }

    /** Starts an HTTPS server with HTTP/2 and HTTP/1.1 on 127.0.0.1. */
    public static TestSite https(SSLContext context, Function<RecordedRequest, MockResponse> handler) {
        return https(context, handler, List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), "127.0.0.1");
    }

    /**
     * Starts an HTTPS server.
     *
     * @param context TLS context of the server
     * @param handler creates the responses
     * @param protocols protocols to offer by ALPN
     * @param address loopback address: any of 127.0.0.0/8, or ::1
     */
    public static TestSite https(
            SSLContext context,
            Function<RecordedRequest, MockResponse> handler,
            List<Protocol> protocols,
            String address) {
        MockWebServer server = new MockWebServer();
        server.useHttps(context.getSocketFactory());
        server.setProtocols(protocols);
        return new TestSite(server, handler, address);
    }

    /**
     * Starts an HTTPS server that requires a client certificate. It aborts the handshake, or the connection after it,
     * if the client sends none.
     */
    public static TestSite requiringClientCertificate(
            SSLContext context, Function<RecordedRequest, MockResponse> handler) {
        MockWebServer server = new MockWebServer();
        server.useHttps(context.getSocketFactory());
        server.requireClientAuth();
        return new TestSite(server, handler, "127.0.0.1");
    }

    /** Returns an HTML page with a body. */
    public static MockResponse page(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/html; charset=utf-8")
                .body("<!doctype html><html lang=\"en\"><head><title>Test</title></head><body>" + body
                        + "</body></html>")
                .build();
    }

    /** Returns a redirect. */
    public static MockResponse redirect(int status, String location) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Location", location)
                .build();
    }

    /** Returns a 404 response. */
    public static MockResponse notFound() {
        return new MockResponse.Builder()
                .code(404)
                .setHeader("Content-Type", "text/plain")
                .body("not found")
                .build();
    }

    /** Returns the value of a request header, or null if the header is absent. */
    public static @org.jspecify.annotations.Nullable String header(RecordedRequest request, String name) {
        return request.getHeaders().get(name);
    }

    public int port() {
        return server.getPort();
    }

    /** Returns the number of requests received so far. */
    public int requestCount() {
        return server.getRequestCount();
    }

    /** Removes and returns the oldest of the last 1000 requests, or null if the queue is empty. */
    public @org.jspecify.annotations.Nullable RecordedRequest takeRequest() {
        try {
            RecordedRequest oldest = server.takeRequest(0, TimeUnit.SECONDS);
            if (oldest != null) {
                kept.decrementAndGet();
            }
            return oldest;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
