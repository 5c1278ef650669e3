package dev.websentry.engine.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves names with the operating system's resolver, including the hosts file and search domains, as browsers do. */
public final class SystemNameResolver implements NameResolver {
    @Override
    public List<InetAddress> resolve(String host, Deadline deadline) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }
}
