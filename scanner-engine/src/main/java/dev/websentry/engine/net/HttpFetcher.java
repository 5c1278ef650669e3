package dev.websentry.engine.net;

import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.ResponseBody;
import dev.websentry.engine.observation.ResponseHeaders;
import dev.websentry.engine.observation.TlsSession;
import dev.websentry.engine.pki.KeyExchange;
import dev.websentry.engine.syntax.Header;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
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
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSource;

/**
 * The HTTP client of one scan. Responses are limited in size and time, redirects are not followed, cookies are not
 * stored, and connections are reused. A failed request results in an {@link HttpExchange} with a failure, never in an
 * exception. Thread-safe.
 */
public final class HttpFetcher implements AutoCloseable {
    private static final ConnectionSpec ALL_ENABLED_TLS = new ConnectionSpec.Builder(ConnectionSpec.COMPATIBLE_TLS)
            .allEnabledTlsVersions()
            .allEnabledCipherSuites()
            .build();

    private final ScanOptions options;
    private final Target target;
    private final Deadline deadline;
    private final ProxyRouting routes;
    private final TrustStore trust;
    private final PermissiveTls tls;
    private final OkHttpClient client;
    private final ConnectionCoalescer firstConnections = new ConnectionCoalescer();
    private final Map<Socket, TlsSession> sessions = new ConcurrentHashMap<>();
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Creates the client of one scan.
     *
     * @param base the client whose dispatcher is shared by all scans
     * @param target the target of the scan; only its own origin receives configured headers and the client certificate
     * @param options the options of the scan
     * @param deadline the deadline of the scan, which ends every request
     * @param dialer opens the connections
     * @param trust decides whether a server is trusted with configured headers
     */
    public HttpFetcher(
            OkHttpClient base, Target target, ScanOptions options, Deadline deadline, Dialer dialer, TrustStore trust) {
        this.deadline = deadline;
        this.routes = new ProxyRouting(dialer, deadline);
        this.options = options;
        this.target = target;
        this.trust = trust;
        this.tls = new PermissiveTls(target, options.clientIdentity());
        this.client = base.newBuilder()
                .connectionPool(new ConnectionPool(32, 1, TimeUnit.MINUTES))
                .connectionSpecs(List.of(ALL_ENABLED_TLS, ConnectionSpec.CLEARTEXT))
                .sslSocketFactory(tls.socketFactory(), PermissiveTls.ACCEPT_ALL)
                .hostnameVerifier((host, session) -> true)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(options.connectTimeout())
                .addNetworkInterceptor(this::addCredentials)
                .build();
    }

    /**
     * Sends a request and reads the response.
     *
     * @param fetch the request
     * @return the request with its response or its failure
     */
    public HttpExchange fetch(FetchRequest fetch) {
        return new HttpExchange(fetch.method(), fetch.url(), fetch.headers(), result(fetch));
    }

    private HttpExchange.HttpExchangeResult result(FetchRequest fetch) {
        Optional<HttpProxy> forwardingProxy = routes.forwardingProxy(fetch);
        try {
            Response response = exchange(fetch);
            Optional<Failure> refusal =
                    forwardingProxy.flatMap(proxy -> ProxyRouting.ambiguousStatusFailure(proxy, response.status()));
            return refusal.isPresent() ? refusal.get() : response;
        } catch (IOException e) {
            Failure failure = ConnectionFailureClassifier.classify(e, tls.clientAuthState(fetch.url()));
            return forwardingProxy.isPresent() ? ProxyRouting.asProxyFailure(forwardingProxy.get(), failure) : failure;
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            // A parser of the HTTP client rejected what the server sent.
            return new Failure(Failure.RequestFailureKind.MALFORMED, "the response is not valid HTTP");
        }
    }

    /**
     * Downloads a small file.
     *
     * @param fetch the request
     * @return the bytes of the file; unknown unless the response has status 200 and fits into the request's body limit
     */
    public Observation<byte[]> download(FetchRequest fetch) {
        try {
            return download(fetch, begin(fetch, new CallTrace()));
        } catch (IOException e) {
            return Observation.unknown(ConnectionFailureClassifier.classify(e, ClientAuthState.NOT_REQUESTED)
                    .detail());
        }
    }

    private Observation<byte[]> download(FetchRequest fetch, Call call) throws IOException {
        try (okhttp3.Response response = CallSender.execute(call)) {
            BufferedSource source = response.body().source();
            if (response.code() != 200 || source.request(fetch.maxBodyBytes() + 1L)) {
                return Observation.unknown(fetch.url().host() + " responded with status " + response.code());
            }
            return Observation.seen(source.readByteArray());
        } finally {
            end(call);
        }
    }

    /** Cancels all running requests, because an interrupt does not end a blocking read. */
    @Override
    public void close() {
        closed = true;
        calls.forEach(Call::cancel);
        client.connectionPool().evictAll();
    }

    /** A cancelled call returns its connection to the pool only when it ends. */
    private void end(Call call) {
        calls.remove(call);
        if (closed) {
            client.connectionPool().evictAll();
        }
    }

    private Response exchange(FetchRequest fetch) throws IOException {
        if (!fetch.url().isHttps()) {
            return exchange(fetch, new CallTrace());
        }
        try (ConnectionCoalescer.ConnectionLease turn =
                firstConnections.acquire(routes.connectionKey(fetch), deadline.within(fetch.timeout()))) {
            return exchange(fetch, new CallTrace(turn::connectionEstablished));
        }
    }

    private Response exchange(FetchRequest fetch, CallTrace trace) throws IOException {
        boolean omitted = tls.omitsServerName(fetch.url());
        try {
            return attempt(fetch, trace);
        } catch (SSLException e) {
            if (!tls.retriesWithoutServerName(fetch.url(), e, omitted)) {
                throw e;
            }
            return attempt(fetch, trace);
        }
    }

    private Response attempt(FetchRequest fetch, CallTrace trace) throws IOException {
        Call call = begin(fetch, trace);
        try (okhttp3.Response response = NoResponseException.execute(call)) {
            List<Header> lines = new ArrayList<>();
            for (int i = 0; i < Math.min(response.headers().size(), fetch.maxHeaderLines()); i++) {
                lines.add(new Header(
                        response.headers().name(i), response.headers().value(i)));
            }
            BodyPrefix body =
                    BodyPrefix.read(response.body().source(), response.body().contentType(), fetch.maxBodyBytes());
            return new Response(
                    response.code(),
                    response.protocol().toString(),
                    new ResponseHeaders(lines),
                    ResponseBody.of(body.text()),
                    body.truncated(),
                    Optional.ofNullable(trace.session),
                    trace.address);
        } finally {
            end(call);
        }
    }

    /** Creates a call that is cancelled when the fetcher closes, even if the fetcher closes at the same time. */
    private Call begin(FetchRequest fetch, CallTrace trace) throws DialException {
        Call call = bounded(fetch).newCall(request(fetch, trace));
        calls.add(call);
        if (closed) {
            call.cancel();
        }
        return call;
    }

    private OkHttpClient bounded(FetchRequest fetch) throws DialException {
        Deadline callDeadline = deadline.within(fetch.timeout());
        return routes.configure(client.newBuilder(), fetch)
                .callTimeout(callDeadline.socketMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(callDeadline.socketMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    private Request request(FetchRequest fetch, CallTrace trace) {
        boolean hasBody = fetch.method().equals("POST") || fetch.method().equals("PUT");
        Request.Builder request = new Request.Builder()
                .url(fetch.url())
                .method(fetch.method(), hasBody ? RequestBody.create(new byte[0], null) : null)
                .header("User-Agent", options.userAgent())
                .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .header("Accept-Language", "en,*;q=0.5")
                .tag(CallTrace.class, trace);
        trace.proxied = routes.proxyFor(fetch).isPresent();
        fetch.headers().forEach(header -> request.header(header.name(), header.value()));
        // A forwarding proxy is the first hop and the only recipient of this header.
        routes.forwardingProxy(fetch)
                .flatMap(HttpProxy::credentials)
                .ifPresent(credentials -> request.header("Proxy-Authorization", credentials.authorizationHeader()));
        return request.build();
    }

    /** Records the TLS session and adds the configured headers if the server may receive them. */
    private okhttp3.Response addCredentials(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        Connection connection = chain.connection();
        CallTrace trace = request.tag(CallTrace.class);
        if (connection != null && trace != null) {
            trace.connected.run();
            InetAddress address = connection.route().socketAddress().getAddress();
            trace.address = address == null || trace.proxied ? "" : String.valueOf(address.getHostAddress());
            if (connection.socket() instanceof SSLSocket socket) {
                // The session is evaluated once for each connection, not for each request.
                trace.session = sessions.computeIfAbsent(
                        socket,
                        key -> session(socket.getSession(), request.url().host()));
            }
        }
        // A TRACE response repeats the request headers, which must not contain secrets.
        if (trace == null || request.method().equals("TRACE") || !mayCarryCredentials(request.url(), trace)) {
            return chain.proceed(request);
        }
        Request.Builder more = request.newBuilder();
        options.headers().forEach(header -> more.header(header.name(), header.value()));
        return chain.proceed(more.build());
    }

    private boolean mayCarryCredentials(HttpUrl url, CallTrace trace) {
        return trace.session != null
                && trace.session.isTrusted()
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
        return new TlsSession(
                session.getProtocol(),
                session.getCipherSuite(),
                encoded,
                trust.rejectionReason(chain, KeyExchange.of(session.getCipherSuite()), host));
    }
}
