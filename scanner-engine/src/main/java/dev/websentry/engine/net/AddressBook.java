package dev.websentry.engine.net;

import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.syntax.AddressLiteral;
import dev.websentry.engine.target.HostAndPort;
import dev.websentry.engine.target.ResolveOverride;
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

/** The addresses of every host that one scan meets: each name is resolved once, so that all probes dial the same. */
public final class AddressBook {
    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final NameResolver resolver;
    private final List<ResolveOverride> overrides;
    private final Tasks tasks;
    private final Map<String, CompletableFuture<List<InetAddress>>> known = new ConcurrentHashMap<>();

    public AddressBook(NameResolver resolver, List<ResolveOverride> overrides, Tasks tasks) {
        this.resolver = resolver;
        this.overrides = List.copyOf(overrides);
        this.tasks = tasks;
    }

    /**
     * The addresses of a host for connections to one port.
     *
     * @throws DialException UNRESOLVABLE when it has none, RESOLVER_FAILED when nobody could say in time
     */
    public List<InetAddress> addresses(String host, int port, Deadline deadline) throws IOException {
        List<InetAddress> overridden = overrides(host, port)
                .map(override -> named(host, override.address()))
                .distinct()
                .toList();
        if (!overridden.isEmpty()) {
            return overridden;
        }
        if (AddressLiteral.is(host)) {
            return List.of(InetAddress.getByName(host));
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

    /** The port to dial at an address for a host's port: another one where the override with that address says so. */
    public int dialPort(String host, InetAddress address, int port) {
        return overrides(host, port)
                .filter(override -> override.address().equals(address))
                .findFirst()
                .map(override -> override.dialPort().orElse(port))
                .orElse(port);
    }

    /** Where an override sends a host's port; its first where there are several, empty where there is none. */
    Optional<HostAndPort> override(String host, int port) {
        return overrides(host, port)
                .findFirst()
                .map(override -> new HostAndPort(
                        override.address().getHostAddress(), override.dialPort().orElse(port)));
    }

    private CompletableFuture<List<InetAddress>> lookUp(String host, Deadline deadline) {
        // The lookup runs apart from its callers: the system's resolver knows no deadline of ours.
        return known.computeIfAbsent(host, name -> tasks.start(() -> resolve(name, deadline)));
    }

    private List<InetAddress> resolve(String host, Deadline deadline) throws IOException {
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            // RFC 6761 section 6.3: no resolver is asked.
            return List.of(InetAddress.getByAddress(host, LOOPBACK_4), InetAddress.getByAddress(host, LOOPBACK_6));
        }
        return resolver.resolve(host, deadline).stream()
                .distinct()
                .map(address -> named(host, address))
                .toList();
    }

    /** Several for one host and port are its several addresses. */
    private Stream<ResolveOverride> overrides(String host, int port) {
        return overrides.stream()
                .filter(override -> override.port() == port && override.host().equalsIgnoreCase(host));
    }

    private static InetAddress named(String host, InetAddress address) {
        try {
            return InetAddress.getByAddress(host, address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the bytes of an address are always an address", e);
        }
    }

    private static DialException failure(String host, Throwable cause) {
        DialException failure = cause instanceof UnknownHostException
                ? new DialException(Failure.Kind.UNRESOLVABLE, "no address for " + host)
                : new DialException(Failure.Kind.RESOLVER_FAILED, "the resolver could not say the address of " + host);
        failure.initCause(cause);
        return failure;
    }
}
