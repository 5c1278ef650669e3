package dev.websentry.server.scan;

import dev.websentry.engine.target.AddressPolicy;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs, once for each, the addresses that something was kept from. */
public final class LoggedPolicy implements AddressPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedPolicy.class);

    private final String what;
    private final AddressPolicy policy;
    private final Set<InetAddress> logged = ConcurrentHashMap.newKeySet();

    /** @param what wants to dial, for the log */
    public LoggedPolicy(String what, AddressPolicy policy) {
        this.what = what;
        this.policy = policy;
    }

    @Override
    public boolean allows(InetAddress address) {
        boolean allowed = policy.allows(address);
        if (!allowed && logged.add(address)) {
            LOG.warn("{}: blocked the address {}, which is not public", what, address.getHostAddress());
        }
        return allowed;
    }
}
