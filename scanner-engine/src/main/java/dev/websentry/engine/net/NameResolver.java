package dev.websentry.engine.net;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Turns a host name into addresses. */
@FunctionalInterface
public interface NameResolver {
    /**
     * The addresses of a name, IPv4 and IPv6.
     *
     * @return at least one
     * @throws java.net.UnknownHostException when the name surely has none
     * @throws IOException when the resolver could not say
     */
    List<InetAddress> resolve(String host, Deadline deadline) throws IOException;
}
