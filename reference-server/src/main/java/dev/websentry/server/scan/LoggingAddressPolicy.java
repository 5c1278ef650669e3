package dev.websentry.server.scan;

import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.server.log.ForeignText;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An address policy that logs each blocked address once. */
public final class LoggingAddressPolicy implements AddressPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingAddressPolicy.class);

    /**
     * What callers learn about a blocked address. It does not name the address, because the addresses of internal names
     * are not public; the log names it.
     */
    public static final String REFUSAL =
            "The address of the host is not public, and only public addresses are allowed. The administrator of this"
                    + " server can allow other addresses with the setting websentry.scan.allow.";

    private final String subject;
    private final AddressPolicy policy;
    private final Set<InetAddress> logged = ConcurrentHashMap.newKeySet();

    /**
     * Wraps a policy.
     *
     * @param subject what connects, such as a scan; the prefix of the log message
     * @param policy decides which addresses are allowed
     */
    public LoggingAddressPolicy(String subject, AddressPolicy policy) {
        this.subject = ForeignText.escape(subject);
        this.policy = policy;
    }

    @Override
    public boolean allows(InetAddress address) {
        boolean allowed = policy.allows(address);
        if (!allowed && logged.add(address)) {
            LOG.warn(
                    "{}: blocked the address {}, which is not public; to allow it, add it to websentry.scan.allow",
                    subject,
                    address.getHostAddress());
        }
        return allowed;
    }

    @Override
    public String describe(InetAddress address) {
        return "not public";
    }

    @Override
    public String refusalReason(InetAddress address) {
        return "its address is not public";
    }
}
