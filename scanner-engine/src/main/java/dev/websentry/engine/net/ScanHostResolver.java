package dev.websentry.engine.net;

import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.syntax.IpLiterals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Resolves the host names of one scan, with resolve overrides applied. Each name is looked up once, so that all probes
 * connect to the same addresses. Thread-safe.
 */
public final class ScanHostResolver {
    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final NameResolver resolver;
    private final List<ResolveOverride> overrides;
    private final TaskScope tasks;
    private final Map<String, CompletableFuture<List<InetAddress>>> lookups = new ConcurrentHashMap<>();
    /** The overrides of each host that the scan asked for; a run over many sites has many overrides. */
    private final Map<String, List<ResolveOverride>> overridesByHost = new ConcurrentHashMap<>();

    /**
     * Creates a resolver for one scan.
     *
     * @param resolver looks up names that have no override
     * @param overrides fixed addresses for pairs of host and port
     * @param tasks runs the lookups
     */
    public ScanHostResolver(NameResolver resolver, List<ResolveOverride> overrides, TaskScope tasks) {
        this.resolver = resolver;
        this.overrides = List.copyOf(overrides);
        this.tasks = tasks;
    }

    /**
     * Returns the addresses of a host for connections to a port.
     *
     * @param host a host name or an IP address
     * @param port the port in the URL, which selects the overrides
     * @param deadline the latest time to wait for the lookup
     * @return the addresses; never empty
     * @throws DialException with UNRESOLVABLE if the host has no address, or RESOLVER_FAILED if the lookup failed or
     *     timed out
     */
    public List<InetAddress> resolve(String host, int port, Deadline deadline) throws IOException {
        List<InetAddress> overridden = overrides(host, port)
                .map(override -> named(host, override.address()))
                .distinct()
                .toList();
        if (!overridden.isEmpty()) {
            return overridden;
        }
        if (IpLiterals.isIpLiteral(host)) {
            return List.of(IpLiterals.parse(host).orElseThrow(() -> failure(host, new UnknownHostException(host))));
        }
        try {
            return lookUp(host, deadline).get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(host, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw failure(host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(host, e);
        }
    }

    /**
     * Returns the port to connect to for a host's port, which a resolve override may replace.
     *
     * @param host the host in the URL
     * @param address the resolved address
     * @param port the port in the URL
     * @return the override's port for this address, or {@code port} if it has none
     */
    public int dialPort(String host, InetAddress address, int port) {
        return overrides(host, port)
                .filter(override -> override.address().equals(address))
                .findFirst()
                .map(override -> override.dialPort().orElse(port))
                .orElse(port);
    }

    /** Returns whether an override maps a host and port to an address. */
    boolean isOverride(String host, InetAddress address, int port) {
        return overrides(host, port).anyMatch(override -> override.address().equals(address));
    }

    /** Returns the address and port of the first override for a host and port; empty if there is no override. */
    Optional<HostAndPort> override(String host, int port) {
        return overrides(host, port)
                .findFirst()
                .map(override -> new HostAndPort(
                        override.address().getHostAddress(), override.dialPort().orElse(port)));
    }

    private CompletableFuture<List<InetAddress>> lookUp(String host, Deadline deadline) {
        // The lookup runs in its own task, because the system's resolver does not support a deadline.
        return lookups.computeIfAbsent(host, name -> tasks.start(() -> resolve(name, deadline)));
    }

    private List<InetAddress> resolve(String host, Deadline deadline) throws IOException {
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            // RFC 6761 section 6.3: localhost names are not looked up.
            return List.of(InetAddress.getByAddress(host, LOOPBACK_4), InetAddress.getByAddress(host, LOOPBACK_6));
        }
        return resolver.resolve(host, deadline).stream()
                .distinct()
                .map(address -> named(host, address))
                .toList();
    }

    /** Returns all overrides for a host and port; several overrides define several addresses. */
    private Stream<ResolveOverride> overrides(String host, int port) {
        return overridesByHost.computeIfAbsent(host, this::overrides).stream()
                .filter(override -> override.port() == port);
    }

    private List<ResolveOverride> overrides(String host) {
        return overrides.stream()
                .filter(override -> override.host().equalsIgnoreCase(host))
                .toList();
    }

    private static InetAddress named(String host, InetAddress address) {
        try {
            return InetAddress.getByAddress(host, address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the bytes of an address are always a valid address", e);
        }
    }

    private static DialException failure(String host, Throwable cause) {
        DialException failure = cause instanceof UnknownHostException
                ? new DialException(Failure.RequestFailureKind.UNRESOLVABLE, host + " has no IP address")
                : new DialException(
                        Failure.RequestFailureKind.RESOLVER_FAILED, "the DNS resolver could not resolve " + host);
        failure.initCause(cause);
        return failure;
    }
}
