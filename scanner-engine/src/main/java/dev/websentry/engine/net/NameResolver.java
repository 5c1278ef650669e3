package dev.websentry.engine.net;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Resolves host names to IP addresses. */
@FunctionalInterface
public interface NameResolver {
    /**
     * Returns the IPv4 and IPv6 addresses of a host name.
     *
     * @param host the host name
     * @param deadline the latest time to wait for the lookup
     * @return the addresses; never empty
     * @throws java.net.UnknownHostException if the name definitely has no address
     * @throws IOException if the lookup failed
     */
    List<InetAddress> resolve(String host, Deadline deadline) throws IOException;
}
