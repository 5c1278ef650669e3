package dev.websentry.engine.net;

import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.target.AddressPolicy;
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
import javax.net.SocketFactory;

/**
 * The only class that opens connections to targets. It asks the address policy on the resolved address first, every time,
 * so that neither a redirect nor a changing DNS answer leads a scan where it must not go.
 */
public final class Dialer {
    private final AddressPolicy policy;
    private final Duration connectTimeout;
    private final AddressBook addresses;

    public Dialer(AddressPolicy policy, Duration connectTimeout, AddressBook addresses) {
        this.policy = policy;
        this.connectTimeout = connectTimeout;
        this.addresses = addresses;
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
        Socket socket = new Socket();
        try {
            connect(socket, host, address, port, deadline.within(connectTimeout));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
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
        return new GuardedSocketFactory();
    }

    private void connect(Socket socket, String host, InetAddress address, int port, Deadline deadline)
            throws IOException {
        if (!policy.allows(address)) {
            throw new DialException(
                    Failure.Kind.BLOCKED_ADDRESS, address.getHostAddress() + " is not a public address");
        }
        InetSocketAddress endpoint = new InetSocketAddress(address, addresses.dialPort(host, address, port));
        String where = address.getHostAddress() + " port " + endpoint.getPort();
        try {
            dial(socket, endpoint, deadline);
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

    /** Past the subclass's own connect, which leads here. */
    private static void dial(Socket socket, InetSocketAddress endpoint, Deadline deadline) throws IOException {
        if (socket instanceof GuardedSocket guarded) {
            guarded.dial(endpoint, deadline.socketMillis());
        } else {
            socket.connect(endpoint, deadline.socketMillis());
        }
    }

    private static DialException failure(Failure.Kind kind, String message, IOException cause) {
        DialException failure = new DialException(kind, message);
        failure.initCause(cause);
        return failure;
    }

    private final class GuardedSocket extends Socket {
        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
            InetSocketAddress address = (InetSocketAddress) endpoint;
            InetAddress resolved = address.getAddress();
            if (resolved == null) {
                throw new DialException(Failure.Kind.UNRESOLVABLE, address.getHostString() + " is not resolved");
            }
            Duration timeout = timeoutMillis <= 0 ? connectTimeout : Duration.ofMillis(timeoutMillis);
            Deadline deadline = Deadline.in(timeout).within(connectTimeout);
            Dialer.this.connect(this, address.getHostString(), resolved, address.getPort(), deadline);
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        private void dial(InetSocketAddress endpoint, int millis) throws IOException {
            super.connect(endpoint, millis);
        }
    }

    private final class GuardedSocketFactory extends SocketFactory {
        @Override
        public Socket createSocket() {
            return new GuardedSocket();
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
