package dev.websentry.engine.net;

import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.target.AddressPolicy;
import dev.websentry.engine.target.HostAndPort;
import dev.websentry.engine.target.HttpProxy;
import dev.websentry.engine.target.Proxies;
import java.io.IOException;
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

/**
 * The only class that opens connections to targets. It asks the address policy on the resolved address first, every time,
 * so that neither a redirect nor a changing DNS answer leads a scan where it must not go. Closing it cuts off whatever is
 * still connected, since a socket's read knows no interrupt.
 */
public final class Dialer implements AutoCloseable {
    private final OpenSockets open = new OpenSockets();
    private final AddressPolicy policy;
    private final Duration connectTimeout;
    private final AddressBook addresses;
    private final Proxies proxies;

    public Dialer(AddressPolicy policy, Duration connectTimeout, AddressBook addresses) {
        this(policy, connectTimeout, addresses, Proxies.NONE);
    }

    public Dialer(AddressPolicy policy, Duration connectTimeout, AddressBook addresses, Proxies proxies) {
        this.policy = policy;
        this.connectTimeout = connectTimeout;
        this.addresses = addresses;
        this.proxies = proxies;
    }

    /**
     * Connects.
     *
     * @param host the name in the URL, for which a resolve override may name another port to dial
     * @param address the resolved address
     * @param port the port in the URL
     * @throws DialException with the reason, when it does not connect in time or must not
     */
    public Socket connect(String host, InetAddress address, int port, Deadline deadline) throws IOException {
        GuardedSocket socket = new GuardedSocket(Optional.empty());
        try {
            connect(socket, host, address, port, deadline.within(connectTimeout));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The proxy for a URL of this host and port; empty when the host is dialled directly. */
    public Optional<HttpProxy> proxy(String scheme, String host, int port) {
        boolean passedBy = addresses
                .override(host, port)
                .map(place -> proxies.forUrl(scheme, place.host()).isEmpty())
                .orElse(false);
        return passedBy ? Optional.empty() : proxies.forUrl(scheme, host);
    }

    /**
     * Connects through a proxy that tunnels. The proxy resolves the name; where a resolve override names the address, it
     * is asked for that.
     *
     * @throws DialException PROXY_REFUSED, whoever is to blame: behind a proxy that cannot be told
     */
    public Socket tunnel(HttpProxy proxy, String host, int port, Deadline deadline) throws IOException {
        GuardedSocket socket = new GuardedSocket(Optional.empty());
        try {
            tunnel(socket, proxy, host, port, deadline.within(connectTimeout));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** For OkHttp: sockets that are tunnels once they connect. The address that they are told to connect to says the name alone. */
    SocketFactory tunnelFactory(String scheme) {
        return new GuardedSocketFactory(Optional.of(scheme));
    }

    AddressBook addresses() {
        return addresses;
    }

    /** Whether the policy lets this address be dialled at all. */
    public boolean allows(InetAddress address) {
        return policy.allows(address);
    }

    /** For OkHttp: sockets that go through the same gate when they connect. */
    public SocketFactory socketFactory() {
        return new GuardedSocketFactory(Optional.empty());
    }

    private void connect(GuardedSocket socket, String host, InetAddress address, int port, Deadline deadline)
            throws IOException {
        if (!policy.allows(address)) {
            throw new DialException(
                    Failure.Kind.BLOCKED_ADDRESS, address.getHostAddress() + " is not a public address");
        }
        InetSocketAddress endpoint = new InetSocketAddress(address, addresses.dialPort(host, address, port));
        String where = address.getHostAddress() + " port " + endpoint.getPort();
        try {
            socket.dial(endpoint, deadline.socketMillis());
            socket.setTcpNoDelay(true);
        } catch (SocketTimeoutException e) {
            throw failure(Failure.Kind.CONNECT_TIMED_OUT, "no answer from " + where, e);
        } catch (NoRouteToHostException e) {
            throw failure(Failure.Kind.NO_ROUTE, "no route to " + where, e);
        } catch (ConnectException e) {
            boolean unreachable = String.valueOf(e.getMessage()).contains("unreachable");
            throw unreachable
                    ? failure(Failure.Kind.NO_ROUTE, "no route to " + where, e)
                    : failure(Failure.Kind.REFUSED, where + " refused the connection", e);
        } catch (SocketException e) {
            throw failure(Failure.Kind.NO_ROUTE, "cannot connect to " + where + ": " + e.getMessage(), e);
        }
    }

    private void tunnel(GuardedSocket socket, HttpProxy proxy, String host, int port, Deadline deadline)
            throws IOException {
        HostAndPort place = proxy.place();
        try {
            InetAddress address =
                    addresses.addresses(place.host(), place.port(), deadline).get(0);
            connect(socket, place.host(), address, place.port(), deadline);
        } catch (DialException e) {
            throw failure(Failure.Kind.PROXY_REFUSED, proxy + " cannot be reached: " + e.getMessage(), e);
        }
        HostAndPort to = addresses.override(host, port).orElseGet(() -> new HostAndPort(host, port));
        new ProxyTunnel(proxy, to).open(socket, deadline);
    }

    @Override
    public void close() {
        open.close();
    }

    private static DialException failure(Failure.Kind kind, String message, IOException cause) {
        DialException failure = new DialException(kind, message);
        failure.initCause(cause);
        return failure;
    }

    // The overridden method takes the lock that it needs.
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private final class GuardedSocket extends Socket {
        private final Optional<String> tunnelled;

        /** @param tunnelled the scheme for whose proxy the socket is to be a tunnel; empty for a direct connection */
        GuardedSocket(Optional<String> tunnelled) {
            this.tunnelled = tunnelled;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
            InetSocketAddress address = (InetSocketAddress) endpoint;
            InetAddress resolved = address.getAddress();
            if (resolved == null) {
                throw new DialException(Failure.Kind.UNRESOLVABLE, address.getHostString() + " is not resolved");
            }
            Duration timeout = timeoutMillis <= 0 ? connectTimeout : Duration.ofMillis(timeoutMillis);
            Deadline deadline = Deadline.in(timeout).within(connectTimeout);
            Optional<HttpProxy> proxy =
                    tunnelled.flatMap(scheme -> proxy(scheme, address.getHostString(), address.getPort()));
            if (proxy.isPresent()) {
                tunnel(this, proxy.get(), address.getHostString(), address.getPort(), deadline);
                return;
            }
            Dialer.this.connect(this, address.getHostString(), resolved, address.getPort(), deadline);
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        /** Past this class's own connect, which leads here. */
        private void dial(InetSocketAddress endpoint, int millis) throws IOException {
            open.add(this);
            super.connect(endpoint, millis);
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            super.close();
        }
    }

    private final class GuardedSocketFactory extends SocketFactory {
        private final Optional<String> tunnelled;

        GuardedSocketFactory(Optional<String> tunnelled) {
            this.tunnelled = tunnelled;
        }

        @Override
        public Socket createSocket() {
            return new GuardedSocket(tunnelled);
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("connect with an address that was resolved and checked");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException("connect with an address that was resolved and checked");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            Socket socket = createSocket();
            socket.connect(new InetSocketAddress(host, port));
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
                throws IOException {
            return createSocket(address, port);
        }
    }
}
