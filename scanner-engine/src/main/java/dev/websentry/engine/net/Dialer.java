package dev.websentry.engine.net;

import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.observation.HttpExchange.Failure.RequestFailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens all TCP connections of one scan; no other class connects to targets. It checks every resolved address against
 * the address policy before it connects, so that neither a redirect nor DNS rebinding leads a scan to a forbidden
 * address. Closing the dialer closes all open sockets, because an interrupt does not end a blocking read. Thread-safe.
 */
public final class Dialer implements AutoCloseable {
    private final SocketRegistry sockets = new SocketRegistry();
    private final ConnectionPolicy policy;
    private final Duration connectTimeout;
    private final ScanHostResolver hostResolver;
    private final ProxyConfiguration proxies;

    /** Creates a dialer that uses no proxy. */
    public Dialer(AddressPolicy policy, Duration connectTimeout, ScanHostResolver addresses) {
        this(ConnectionPolicy.of(policy, addresses), connectTimeout, addresses, ProxyConfiguration.NONE);
    }

    /**
     * Creates a dialer.
     *
     * @param policy decides which connections are allowed
     * @param connectTimeout the time limit for each connection
     * @param addresses resolves host names and holds the overrides
     * @param proxies the proxies of the local network
     */
    public Dialer(
            ConnectionPolicy policy, Duration connectTimeout, ScanHostResolver addresses, ProxyConfiguration proxies) {
        this.policy = policy;
        this.connectTimeout = connectTimeout;
        this.hostResolver = addresses;
        this.proxies = proxies;
    }

    /**
     * Connects to a resolved address without a proxy.
     *
     * @param host the host in the URL; a resolve override for it may replace the port
     * @param address the resolved address
     * @param port the port in the URL
     * @param deadline the latest time to connect; the connect timeout applies as well
     * @return the connected socket
     * @throws DialException if the address is forbidden or the connection fails or times out
     */
    public Socket connect(String host, InetAddress address, int port, Deadline deadline) throws IOException {
        PolicyCheckedSocket socket = new PolicyCheckedSocket(SocketRoute.DIRECT);
        try {
            connect(socket, host, address, port, deadline.within(connectTimeout));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Returns the proxy for URLs of a host and port.
     *
     * @param scheme the URL's scheme, http or https
     * @param host the URL's host
     * @param port the URL's port
     * @return the proxy; empty if the host is connected to directly
     */
    public Optional<HttpProxy> proxyFor(String scheme, String host, int port) {
        boolean bypassed = hostResolver
                .override(host, port)
                .map(place -> proxies.forUrl(scheme, place.host()).isEmpty())
                .orElse(false);
        return bypassed ? Optional.empty() : proxies.forUrl(scheme, host);
    }

    /**
     * Connects through a tunnel of a proxy. The proxy resolves the host name, unless a resolve override defines its
     * address.
     *
     * @param proxy the proxy
     * @param host the host in the URL
     * @param port the port in the URL
     * @param deadline the latest time to connect; the connect timeout applies as well
     * @return a socket that is connected to the host
     * @throws DialException with BLOCKED_ADDRESS if the address policy forbids the host; with PROXY_REFUSED on any
     * other failure, because the client cannot tell whether the proxy or the host caused it
     */
    public Socket connectThroughProxy(HttpProxy proxy, String host, int port, Deadline deadline) throws IOException {
        PolicyCheckedSocket socket = new PolicyCheckedSocket(SocketRoute.DIRECT);
        try {
            connectThroughProxy(socket, proxy, host, port, deadline.within(connectTimeout));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Returns a factory of sockets for OkHttp that connect through the proxy's tunnel. Only the host name of the
     * address that they are given is used.
     */
    SocketFactory tunnelSocketFactory(String scheme) {
        return new UnconnectedSocketFactory(() ->
                new PolicyCheckedSocket(scheme.equals("https") ? SocketRoute.HTTPS_TUNNEL : SocketRoute.HTTP_TUNNEL));
    }

    /** Returns the resolver of the scan. */
    ScanHostResolver hostResolver() {
        return hostResolver;
    }

    /** Returns the policy that every connection is checked against. */
    public ConnectionPolicy policy() {
        return policy;
    }

    /**
     * Returns a factory of sockets for OkHttp that connect to a proxy. The user named its address, so that the policy
     * does not apply.
     */
    SocketFactory proxySocketFactory() {
        return new UnconnectedSocketFactory(() -> new PolicyCheckedSocket(SocketRoute.TO_PROXY));
    }

    /** Returns a factory of sockets for OkHttp and https that check the address policy when they connect. */
    public SocketFactory socketFactory() {
        return new UnconnectedSocketFactory(() -> new PolicyCheckedSocket(SocketRoute.DIRECT));
    }

    /** Returns the same for plain http: the sockets join folded header lines. */
    SocketFactory plainHttpSocketFactory() {
        return new UnconnectedSocketFactory(() -> new PolicyCheckedSocket(SocketRoute.DIRECT_HTTP));
    }

    private void connect(PolicyCheckedSocket socket, String host, InetAddress address, int port, Deadline deadline)
            throws IOException {
        policy.requireAllowed(host, address, port);
        connectUnchecked(socket, host, address, port, deadline);
    }

    private void connectUnchecked(
            PolicyCheckedSocket socket, String host, InetAddress address, int port, Deadline deadline)
            throws IOException {
        InetSocketAddress endpoint = new InetSocketAddress(address, hostResolver.dialPort(host, address, port));
        String where = address.getHostAddress() + " port " + endpoint.getPort();
        try {
            socket.dial(endpoint, deadline.socketMillis());
            socket.setTcpNoDelay(true);
        } catch (SocketTimeoutException | SocketException e) {
            throw ConnectionFailureClassifier.connectFailure(e, where);
        }
    }

    private void connectThroughProxy(
            PolicyCheckedSocket socket, HttpProxy proxy, String host, int port, Deadline deadline) throws IOException {
        Optional<DialException> refusal = policy.proxyRefusal(host, port, deadline);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        HostAndPort place = proxy.address();
        try {
            InetAddress address =
                    hostResolver.resolve(place.host(), place.port(), deadline).get(0);
            connectUnchecked(socket, place.host(), address, place.port(), deadline);
        } catch (DialException e) {
            throw failure(RequestFailureKind.PROXY_REFUSED, proxy + " cannot be reached: " + e.getMessage(), e);
        }
        HostAndPort to = hostResolver.override(host, port).orElseGet(() -> new HostAndPort(host, port));
        new ProxyTunnel(proxy, to).open(socket, deadline);
    }

    @Override
    public void close() {
        sockets.close();
    }

    private static DialException failure(RequestFailureKind kind, String message, IOException cause) {
        DialException failure = new DialException(kind, message);
        failure.initCause(cause);
        return failure;
    }

    /** What a socket connects to, and whether it carries HTTP/1.1 without TLS. */
    private enum SocketRoute {
        DIRECT(Optional.empty(), false),
        DIRECT_HTTP(Optional.empty(), true),
        TO_PROXY(Optional.empty(), true),
        HTTP_TUNNEL(Optional.of("http"), true),
        HTTPS_TUNNEL(Optional.of("https"), false);

        private final Optional<String> tunnelScheme;
        private final boolean plainHttp;

        SocketRoute(Optional<String> tunnelScheme, boolean plainHttp) {
            this.tunnelScheme = tunnelScheme;
            this.plainHttp = plainHttp;
        }
    }

    // The overridden method is thread-safe.
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private final class PolicyCheckedSocket extends Socket {
        private final SocketRoute route;
        private @Nullable HeaderUnfoldingStreams http1;

        /** Creates an unconnected socket. */
        PolicyCheckedSocket(SocketRoute route) {
            this.route = route;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return route.plainHttp ? http1().input() : super.getInputStream();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return route.plainHttp ? http1().output() : super.getOutputStream();
        }

        private synchronized HeaderUnfoldingStreams http1() throws IOException {
            if (http1 == null) {
                http1 = new HeaderUnfoldingStreams(super.getInputStream(), super.getOutputStream());
            }
            return http1;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
            InetSocketAddress address = (InetSocketAddress) endpoint;
            InetAddress resolved = address.getAddress();
            if (resolved == null) {
                throw new DialException(RequestFailureKind.UNRESOLVABLE, address.getHostString() + " was not resolved");
            }
            Duration timeout = timeoutMillis <= 0 ? connectTimeout : Duration.ofMillis(timeoutMillis);
            Deadline deadline = Deadline.in(timeout).within(connectTimeout);
            String host = address.getHostString();
            Optional<HttpProxy> proxy = route.tunnelScheme.flatMap(scheme -> proxyFor(scheme, host, address.getPort()));
            if (proxy.isPresent()) {
                connectThroughProxy(this, proxy.get(), host, address.getPort(), deadline);
            } else if (route == SocketRoute.TO_PROXY) {
                connectUnchecked(this, host, resolved, address.getPort(), deadline);
            } else {
                Dialer.this.connect(this, host, resolved, address.getPort(), deadline);
            }
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        /** Connects the socket. The other connect methods check the policy first and then call this method. */
        private void dial(InetSocketAddress endpoint, int millis) throws IOException {
            sockets.add(this);
            super.connect(endpoint, millis);
        }

        @Override
        public void close() throws IOException {
            sockets.remove(this);
            super.close();
        }
    }
}
