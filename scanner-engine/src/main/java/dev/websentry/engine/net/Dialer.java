package dev.websentry.engine.net;

import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.observation.HttpExchange.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
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
    private final AddressPolicy policy;
    private final Duration connectTimeout;
    private final ScanHostResolver hostResolver;
    private final ProxyConfiguration proxies;

    /** Creates a dialer that uses no proxy. */
    public Dialer(AddressPolicy policy, Duration connectTimeout, ScanHostResolver addresses) {
        this(policy, connectTimeout, addresses, ProxyConfiguration.NONE);
    }

    /**
     * Creates a dialer.
     *
     * @param policy decides which addresses may be connected to
     * @param connectTimeout the time limit for each connection
     * @param addresses resolves host names and holds the overrides
     * @param proxies the proxies of the local network
     */
    public Dialer(
            AddressPolicy policy, Duration connectTimeout, ScanHostResolver addresses, ProxyConfiguration proxies) {
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
        PolicyCheckedSocket socket = new PolicyCheckedSocket(Optional.empty(), false);
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
     * @throws DialException with PROXY_REFUSED on any failure, because the client cannot tell whether the proxy or the
     *     host caused it
     */
    public Socket connectThroughProxy(HttpProxy proxy, String host, int port, Deadline deadline) throws IOException {
        PolicyCheckedSocket socket = new PolicyCheckedSocket(Optional.empty(), false);
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
        return new UnconnectedSocketFactory(() -> new PolicyCheckedSocket(Optional.of(scheme), scheme.equals("http")));
    }

    /** Returns the resolver of the scan. */
    ScanHostResolver hostResolver() {
        return hostResolver;
    }

    /**
     * Returns whether the policy allows connections to an address.
     *
     * @param address the resolved address
     * @return true if the address may be connected to
     */
    public boolean allows(InetAddress address) {
        return policy.allows(address);
    }

    /** Returns a factory of sockets for OkHttp and https that check the address policy when they connect. */
    public SocketFactory socketFactory() {
        return new UnconnectedSocketFactory(() -> new PolicyCheckedSocket(Optional.empty(), false));
    }

    /** Returns the same for plain http: the sockets join folded header lines. */
    SocketFactory plainHttpSocketFactory() {
        return new UnconnectedSocketFactory(() -> new PolicyCheckedSocket(Optional.empty(), true));
    }

    private void connect(PolicyCheckedSocket socket, String host, InetAddress address, int port, Deadline deadline)
            throws IOException {
        if (!policy.allows(address)) {
            throw new DialException(
                    Failure.RequestFailureKind.BLOCKED_ADDRESS, address.getHostAddress() + " is not a public address");
        }
        InetSocketAddress endpoint = new InetSocketAddress(address, hostResolver.dialPort(host, address, port));
        String where = address.getHostAddress() + " port " + endpoint.getPort();
        try {
            socket.dial(endpoint, deadline.socketMillis());
            socket.setTcpNoDelay(true);
        } catch (SocketTimeoutException e) {
            throw failure(Failure.RequestFailureKind.CONNECT_TIMED_OUT, "connecting to " + where + " timed out", e);
        } catch (NoRouteToHostException e) {
            throw failure(Failure.RequestFailureKind.NO_ROUTE, "no route to " + where, e);
        } catch (ConnectException e) {
            boolean unreachable = String.valueOf(e.getMessage()).contains("unreachable");
            throw unreachable
                    ? failure(Failure.RequestFailureKind.NO_ROUTE, "no route to " + where, e)
                    : failure(Failure.RequestFailureKind.REFUSED, where + " refused the connection", e);
        } catch (SocketException e) {
            // A server that resets at once, so that the reset arrives before the connect returns.
            boolean reset = String.valueOf(e.getMessage()).contains("reset");
            throw failure(
                    reset ? Failure.RequestFailureKind.CLOSED : Failure.RequestFailureKind.NO_ROUTE,
                    "cannot connect to " + where + ": " + e.getMessage(),
                    e);
        }
    }

    private void connectThroughProxy(
            PolicyCheckedSocket socket, HttpProxy proxy, String host, int port, Deadline deadline) throws IOException {
        HostAndPort place = proxy.address();
        try {
            InetAddress address =
                    hostResolver.resolve(place.host(), place.port(), deadline).get(0);
            connect(socket, place.host(), address, place.port(), deadline);
        } catch (DialException e) {
            throw failure(Failure.RequestFailureKind.PROXY_REFUSED, proxy + " cannot be reached: " + e.getMessage(), e);
        }
        HostAndPort to = hostResolver.override(host, port).orElseGet(() -> new HostAndPort(host, port));
        new ProxyTunnel(proxy, to).open(socket, deadline);
    }

    @Override
    public void close() {
        sockets.close();
    }

    private static DialException failure(Failure.RequestFailureKind kind, String message, IOException cause) {
        DialException failure = new DialException(kind, message);
        failure.initCause(cause);
        return failure;
    }

    // The overridden method is thread-safe.
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private final class PolicyCheckedSocket extends Socket {
        private final Optional<String> tunnelScheme;
        private final boolean plainHttp;
        private @Nullable HeaderUnfoldingStreams http1;

        /**
         * Creates an unconnected socket.
         *
         * @param tunnelScheme the scheme whose proxy the socket connects through; empty for a direct connection
         * @param plainHttp whether the socket carries HTTP/1.1 without TLS
         */
        PolicyCheckedSocket(Optional<String> tunnelScheme, boolean plainHttp) {
            this.tunnelScheme = tunnelScheme;
            this.plainHttp = plainHttp;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return plainHttp ? http1().input() : super.getInputStream();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return plainHttp ? http1().output() : super.getOutputStream();
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
                throw new DialException(
                        Failure.RequestFailureKind.UNRESOLVABLE, address.getHostString() + " was not resolved");
            }
            Duration timeout = timeoutMillis <= 0 ? connectTimeout : Duration.ofMillis(timeoutMillis);
            Deadline deadline = Deadline.in(timeout).within(connectTimeout);
            Optional<HttpProxy> proxy =
                    tunnelScheme.flatMap(scheme -> proxyFor(scheme, address.getHostString(), address.getPort()));
            if (proxy.isPresent()) {
                connectThroughProxy(this, proxy.get(), address.getHostString(), address.getPort(), deadline);
                return;
            }
            Dialer.this.connect(this, address.getHostString(), resolved, address.getPort(), deadline);
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
