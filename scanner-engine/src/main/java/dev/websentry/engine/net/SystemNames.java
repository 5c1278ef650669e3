package dev.websentry.engine.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The operating system's resolver: hosts file, search rules and all, as a browser on this machine would. */
public final class SystemNames implements NameResolver {
    @Override
    public List<InetAddress> resolve(String host, Deadline deadline) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }
}
