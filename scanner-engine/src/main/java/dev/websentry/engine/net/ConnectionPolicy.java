package dev.websentry.engine.net;

import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.Host;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.RefusedConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one scan which connections are allowed. Applies the address policy, which may depend on the addresses of
 * the target; they are looked up when the first connection is checked. Thread-safe.
 */
public final class ConnectionPolicy {
    /** Limits the lookup of a name that only the proxy may be able to resolve. */
    private static final Duration MAX_LOOKUP = Duration.ofSeconds(2);
    /** Limits the report: the target decides how many addresses it leads to. */
    private static final int MAX_REPORTED = 20;

    private final ScanHostResolver hostResolver;
    private final Supplier<AddressPolicy> binding;
    private final Set<RefusedConnection> refused = ConcurrentHashMap.newKeySet();
    private volatile @Nullable AddressPolicy bound;

    private ConnectionPolicy(ScanHostResolver hostResolver, Supplier<AddressPolicy> binding) {
        this.hostResolver = hostResolver;
        this.binding = binding;
    }

    /**
     * Creates the policy of connections that no target leads to.
     *
     * @param policy decides which addresses are allowed
     * @param hostResolver resolves host names and holds the overrides
     * @return the policy
     */
    public static ConnectionPolicy of(AddressPolicy policy, ScanHostResolver hostResolver) {
        return new ConnectionPolicy(hostResolver, () -> policy);
    }

    /**
     * Creates the policy of one scan.
     *
     * @param policy decides which addresses are allowed
     * @param hostResolver resolves host names and holds the overrides
     * @param target the target of the scan
     * @param deadline the deadline of the scan
     * @return the policy
     */
    public static ConnectionPolicy forTarget(
            AddressPolicy policy, ScanHostResolver hostResolver, Target target, Deadline deadline) {
        return new ConnectionPolicy(hostResolver, () -> {
            try {
                return policy.forTarget(hostResolver.resolve(target.host().ascii(), target.httpsPort(), deadline));
            } catch (IOException e) {
                // Without a proxy, the scan ends because of this. With a proxy, an ordinary name may be public.
                return target.host().isSpecialUse() ? policy.forPrivateTarget() : policy.forTarget(List.of());
            }
        });
    }

    /**
     * Returns whether a connection is allowed.
     *
     * @param host the host in the URL
     * @param address the resolved address
     * @param port the port in the URL
     * @return true if the address may be connected to
     */
    public boolean allows(String host, InetAddress address, int port) {
        AddressPolicy policy = policy();
        boolean allowed = policy.allows(address)
                || (policy.allowsResolveOverrides() && hostResolver.isOverride(host, address, port));
        if (!allowed) {
            report(host, policy.describe(address));
        }
        return allowed;
    }

    private synchronized void report(String host, String address) {
        if (refused.size() < MAX_REPORTED) {
            refused.add(new RefusedConnection(host, address));
        }
    }

    /** Returns the connections that were forbidden so far, sorted. */
    public List<RefusedConnection> refusedConnections() {
        return refused.stream()
                .sorted(Comparator.comparing(RefusedConnection::host).thenComparing(RefusedConnection::address))
                .toList();
    }

    /**
     * Requires that a connection is allowed.
     *
     * @throws DialException with BLOCKED_ADDRESS if the address must not be connected to
     */
    void requireAllowed(String host, InetAddress address, int port) throws DialException {
        if (!allows(host, address, port)) {
            throw refusal(address);
        }
    }

    /**
     * Returns why a proxy must not be asked to connect to a host. An ordinary name that this machine cannot resolve is
     * left to the proxy, because many networks behind a proxy resolve no external names. A special-use name, such as
     * intranet or metadata.google.internal, is never public, whatever the proxy resolves it to.
     *
     * @param host the host in the URL
     * @param port the port in the URL
     * @param deadline the deadline of the scan
     * @return the refusal; empty if the proxy may connect
     */
    Optional<DialException> proxyRefusal(String host, int port, Deadline deadline) {
        if (policy() == AddressPolicy.ALLOW_ALL) {
            return Optional.empty();
        }
        try {
            // The proxy selects the address, so that a single forbidden one is enough.
            return hostResolver.resolve(host, port, deadline.within(MAX_LOOKUP)).stream()
                    .filter(address -> !allows(host, address, port))
                    .findFirst()
                    .map(this::refusal);
        } catch (IOException e) {
            if (!new Host(host.toLowerCase(Locale.ROOT), Host.HostKind.NAME).isSpecialUse()) {
                return Optional.empty();
            }
            report(host, host);
            return Optional.of(new DialException(
                    Failure.RequestFailureKind.BLOCKED_ADDRESS,
                    host + " is a name of private networks that only the proxy can resolve"));
        }
    }

    private DialException refusal(InetAddress address) {
        return new DialException(Failure.RequestFailureKind.BLOCKED_ADDRESS, policy().refusalReason(address));
    }

    private AddressPolicy policy() {
        AddressPolicy policy = bound;
        if (policy == null) {
            // Concurrent callers wait for the same lookup and get equal policies.
            policy = binding.get();
            bound = policy;
        }
        return policy;
    }
}
