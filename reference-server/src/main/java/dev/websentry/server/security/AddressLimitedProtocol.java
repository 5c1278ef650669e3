package dev.websentry.server.security;

import dev.websentry.engine.config.AddressRange;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.log.ForeignText;
import dev.websentry.server.log.LogThrottle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's HTTP/1.1 connector, which closes new connections of an address that already has many, so that one address
 * cannot use up all connections. Trusted proxies may open any number. Tomcat creates it by class name.
 */
public final class AddressLimitedProtocol extends Http11NioProtocol {
    static final int MAX_CONNECTIONS_PER_ADDRESS = 256;

    public AddressLimitedProtocol() {
        super(new AddressLimitedEndpoint());
    }

    /** Sets the proxies whose connections are not limited. */
    void setTrustedProxies(List<AddressRange> proxies) {
        ((AddressLimitedEndpoint) getEndpoint()).trustedProxies = List.copyOf(proxies);
    }

    private static final class AddressLimitedEndpoint extends NioEndpoint {
        private static final Logger LOG = LoggerFactory.getLogger(AddressLimitedProtocol.class);

        private final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));
        private volatile List<AddressRange> trustedProxies = List.of();

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (isAllowed(socket)) {
                return super.setSocketOptions(socket);
            }
            // Tomcat only closes rejected sockets that it has registered, and would count this one forever.
            destroySocket(socket);
            return false;
        }

        private boolean isAllowed(SocketChannel socket) {
            if (connections.size() < MAX_CONNECTIONS_PER_ADDRESS) {
                return true;
            }
            try {
                if (!(socket.getRemoteAddress() instanceof InetSocketAddress remote)
                        || isTrusted(remote.getAddress())) {
                    return true;
                }
                String key = new ClientAddress(remote.getAddress().getHostAddress()).rateLimitKey();
                long open = connections.values().stream()
                        .filter(connection -> key.equals(key(connection)))
                        .count();
                if (open >= MAX_CONNECTIONS_PER_ADDRESS) {
                    throttle.count()
                            .ifPresent(count -> LOG.warn(
                                    "Closed {} connections since the last such line; the last one was of {}, which has"
                                            + " {} open ones",
                                    count,
                                    key,
                                    open));
                }
                return open < MAX_CONNECTIONS_PER_ADDRESS;
            } catch (IOException e) {
                LOG.debug("A new connection was closed by its client: {}", ForeignText.escape(e));
                return false;
            }
        }

        private boolean isTrusted(InetAddress address) {
            return trustedProxies.stream().anyMatch(range -> range.contains(address));
        }

        private static String key(SocketWrapperBase<?> connection) {
            return new ClientAddress(String.valueOf(connection.getRemoteAddr())).rateLimitKey();
        }
    }
}
