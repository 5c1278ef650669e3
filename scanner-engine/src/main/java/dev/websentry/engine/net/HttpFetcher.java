package dev.websentry.engine.net;

import dev.websentry.engine.observe.BodyText;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Headers;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.TlsSession;
import dev.websentry.engine.syntax.Header;
import dev.websentry.engine.target.HttpProxy;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSource;

/**
 * HTTP for one scan: bounded in size and time, no redirects followed, no cookies kept, connections reused. A site's
 * misbehaviour is an {@link Exchange} like any other, never an exception. Thread-safe.
 */
public final class HttpFetcher implements AutoCloseable {
    private static final ConnectionSpec ALL_THIS_RUNTIME_ENABLES = new ConnectionSpec.Builder(
                    ConnectionSpec.COMPATIBLE_TLS)
            .allEnabledTlsVersions()
            .allEnabledCipherSuites()
            .build();

    private final ScanOptions options;
    private final Target target;
    private final Deadline deadline;
    private final Routes routes;
    private final TrustStore trust;
    private final ObservingTls tls;
    private final OkHttpClient client;
    private final FirstConnections firsts = new FirstConnections();
    private final Map<Socket, TlsSession> sessions = new ConcurrentHashMap<>();
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param deadline the scan's; no request outlives it */
    public HttpFetcher(
            OkHttpClient base, Target target, ScanOptions options, Deadline deadline, Dialer dialer, TrustStore trust) {
        this.deadline = deadline;
        this.routes = new Routes(dialer, deadline);
        this.options = options;
        this.target = target;
        this.trust = trust;
        this.tls = new ObservingTls(target, options.clientIdentity());
        this.client = base.newBuilder()
                .connectionPool(new ConnectionPool(32, 1, TimeUnit.MINUTES))
                .connectionSpecs(List.of(ALL_THIS_RUNTIME_ENABLES, ConnectionSpec.CLEARTEXT))
                .sslSocketFactory(tls.socketFactory(), ObservingTls.ACCEPT_ALL)
                .hostnameVerifier((host, session) -> true)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(options.connectTimeout())
                .addNetworkInterceptor(this::addCredentials)
                .build();
    }

    /** Makes the request. */
    public Exchange fetch(Fetch fetch) {
        return new Exchange(fetch.method(), fetch.url(), fetch.headers(), result(fetch));
    }

    private Exchange.Result result(Fetch fetch) {
        Optional<HttpProxy> leftTo = routes.leftTo(fetch);
        try {
            Response answer = exchange(fetch);
            Optional<Failure> refusal = leftTo.flatMap(proxy -> Routes.refusal(proxy, answer.status()));
            return refusal.isPresent() ? refusal.get() : answer;
        } catch (IOException e) {
            Failure failure = Failures.classify(e, tls.clientCertificate(fetch.url()));
            return leftTo.isPresent() ? Routes.ofProxy(leftTo.get(), failure) : failure;
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            // A parser below gave up on what a stranger sent.
            return new Failure(Failure.Kind.MALFORMED, "the answer is not HTTP");
        }
    }

    /** The bytes of a small file; unknown unless the answer is a whole 200 within the request's body limit. */
    public Observed<byte[]> download(Fetch fetch) {
        Call call = begin(fetch, new Seen());
        try (okhttp3.Response response = call.execute()) {
            BufferedSource source = response.body().source();
            if (response.code() != 200 || source.request(fetch.bodyLimit() + 1L)) {
                return Observed.unknown(fetch.url().host() + " answered " + response.code());
            }
            return Observed.seen(source.readByteArray());
        } catch (IOException e) {
            return Observed.unknown(
                    Failures.classify(e, ClientCertificate.NOT_ASKED_FOR).detail());
        } finally {
            end(call);
        }
    }

    /** Cuts off every request that still runs: a socket's read knows no interrupt. */
    @Override
    public void close() {
        closed = true;
        calls.forEach(Call::cancel);
        client.connectionPool().evictAll();
    }

    /** What was cut off gives its connection back only now. */
    private void end(Call call) {
        calls.remove(call);
        if (closed) {
            client.connectionPool().evictAll();
        }
    }

    private Response exchange(Fetch fetch) throws IOException {
        if (!fetch.url().isHttps()) {
            return exchange(fetch, new Seen());
        }
        try (FirstConnections.Turn turn = firsts.await(routes.origin(fetch), deadline.within(fetch.timeout()))) {
            return exchange(fetch, new Seen(turn::connected));
        }
    }

    private Response exchange(Fetch fetch, Seen seen) throws IOException {
        Call call = begin(fetch, seen);
        try (okhttp3.Response response = call.execute()) {
            List<Header> lines = new ArrayList<>();
            for (int i = 0; i < Math.min(response.headers().size(), fetch.headerLimit()); i++) {
                lines.add(new Header(
                        response.headers().name(i), response.headers().value(i)));
            }
            Body body = Body.read(response.body().source(), response.body().contentType(), fetch.bodyLimit());
            return new Response(
                    response.code(),
                    response.protocol().toString(),
                    new Headers(lines),
                    BodyText.of(body.text()),
                    body.truncated(),
                    Optional.ofNullable(seen.session),
                    seen.address);
        } finally {
            end(call);
        }
    }

    /** A call that closing the fetcher cuts off, also one that closing had no chance to see. */
    private Call begin(Fetch fetch, Seen seen) {
        Call call = bounded(fetch).newCall(request(fetch, seen));
        calls.add(call);
        if (closed) {
            call.cancel();
        }
        return call;
    }

    private OkHttpClient bounded(Fetch fetch) {
        Deadline mine = deadline.within(fetch.timeout());
        return routes.configure(client.newBuilder(), fetch)
                .callTimeout(mine.socketMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(mine.socketMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    private Request request(Fetch fetch, Seen seen) {
        boolean hasBody = fetch.method().equals("POST") || fetch.method().equals("PUT");
        Request.Builder request = new Request.Builder()
                .url(fetch.url())
                .method(fetch.method(), hasBody ? RequestBody.create(new byte[0], null) : null)
                .header("User-Agent", options.userAgent())
                .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .header("Accept-Language", "en,*;q=0.5")
                .tag(Seen.class, seen);
        seen.proxied = routes.proxy(fetch).isPresent();
        fetch.headers().forEach(header -> request.header(header.name(), header.value()));
        // To a proxy that makes the request itself the first hop is the proxy: it alone reads this one.
        routes.leftTo(fetch)
                .flatMap(HttpProxy::credentials)
                .ifPresent(credentials -> request.header("Proxy-Authorization", credentials.basic()));
        return request.build();
    }

    /** Notes the session, and adds the configured headers where they may go. */
    private okhttp3.Response addCredentials(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        Connection connection = chain.connection();
        Seen seen = request.tag(Seen.class);
        if (connection != null && seen != null) {
            seen.connected.run();
            InetAddress address = connection.route().socketAddress().getAddress();
            seen.address = address == null || seen.proxied ? "" : String.valueOf(address.getHostAddress());
            if (connection.socket() instanceof SSLSocket socket) {
                // Judged once a connection, not once a request.
                seen.session = sessions.computeIfAbsent(
                        socket,
                        key -> session(socket.getSession(), request.url().host()));
            }
        }
        // TRACE answers with what it was sent: nothing secret goes there.
        if (seen == null || request.method().equals("TRACE") || !mayCarryCredentials(request.url(), seen)) {
            return chain.proceed(request);
        }
        Request.Builder more = request.newBuilder();
        options.headers().forEach(header -> more.header(header.name(), header.value()));
        return chain.proceed(more.build());
    }

    private boolean mayCarryCredentials(HttpUrl url, Seen seen) {
        return seen.session != null
                && seen.session.trusted()
                && url.host().equals(target.host().ascii())
                && url.port() == target.httpsPort();
    }

    private TlsSession session(SSLSession session, String host) {
        List<byte[]> encoded = new ArrayList<>();
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                encoded.add(certificate.getEncoded());
                chain.add((X509Certificate) certificate);
            }
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            return new TlsSession(
                    session.getProtocol(), session.getCipherSuite(), List.of(), Optional.of("no certificate"));
        }
        return new TlsSession(session.getProtocol(), session.getCipherSuite(), encoded, trust.problem(chain, host));
    }

    /** What the network interceptor learns about the connection of one call. */
    private static final class Seen {
        private final Runnable connected;
        private @org.jspecify.annotations.Nullable TlsSession session;
        private String address = "";
        private boolean proxied;

        Seen() {
            this(() -> {});
        }

        Seen(Runnable connected) {
            this.connected = connected;
        }
    }

    /** A body's beginning. */
    private record Body(String text, boolean truncated) {
        static Body read(BufferedSource source, @org.jspecify.annotations.Nullable MediaType type, int limit) {
            boolean truncated = false;
            try {
                truncated = source.request(limit + 1L);
            } catch (IOException e) {
                // The headers stand all the same, and so does what came of the body.
                truncated = true;
            }
            Buffer buffer = source.getBuffer();
            byte[] bytes;
            try {
                bytes = buffer.readByteArray(Math.min(limit, buffer.size()));
            } catch (IOException e) {
                throw new IllegalStateException("bytes that are already here", e);
            }
            var charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
            return new Body(new String(bytes, charset == null ? StandardCharsets.UTF_8 : charset), truncated);
        }
    }
}
