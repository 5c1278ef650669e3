package dev.websentry.engine.probe.tls;

import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.observation.TlsEndpoint.Reachability;
import dev.websentry.engine.probe.ProbeContext;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/**
 * Probes the TLS servers of a host that is reached through a proxy. The proxy connects to one address of its choice. If
 * the host has several addresses, each is also probed directly; those that cannot be reached directly remain unknown.
 */
public final class ProxiedEndpointProbe {
    /** The time limit of the lookup; the DNS of a network behind a proxy may not respond for external names. */
    private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(5);

    private final ProbeContext context;
    private final ChainContextProbe issuers;
    private final HttpProxy proxy;
    private final String host;
    private final int port;

    /**
     * Creates the probe of one scan.
     *
     * @param context the state of the scan, in which the target has a proxy
     * @param issuers begins to download issuers as soon as most of the certificates are known
     */
    public ProxiedEndpointProbe(ProbeContext context, ChainContextProbe issuers) {
        this.context = context;
        this.issuers = issuers;
        this.proxy = context.targetProxy().orElseThrow();
        this.host = context.target().host().ascii();
        this.port = context.target().httpsPort();
    }

    /**
     * Probes the server behind the proxy, and the addresses of the host without the proxy.
     *
     * @param selection selects the addresses to probe
     * @return the endpoints, the one behind the proxy first
     */
    public List<TlsEndpoint> probe(UnaryOperator<List<InetAddress>> selection) {
        Future<List<TlsEndpoint>> directEndpoints = context.tasks().start(() -> directEndpoints(selection));
        List<TlsEndpoint> endpoints = new ArrayList<>();
        endpoints.add(EndpointProbe.throughProxy(context, issuers).probe());
        endpoints.addAll(TaskScope.join(directEndpoints));
        return endpoints;
    }

    private List<TlsEndpoint> directEndpoints(UnaryOperator<List<InetAddress>> selection) {
        List<InetAddress> addresses;
        try {
            addresses = selection.apply(context.hostResolver()
                    .resolve(host, port, context.deadline().within(LOOKUP_TIMEOUT)));
        } catch (IOException e) {
            return List.of(notAsked(
                    "other addresses",
                    "cannot determine the addresses of " + host + " behind " + proxy + ": " + e.getMessage()));
        }
        return addresses.size() < 2 ? List.of() : context.tasks().mapConcurrently(addresses, this::probeDirectly);
    }

    private TlsEndpoint probeDirectly(InetAddress address) {
        Deadline deadline = context.deadline();
        try {
            // One test connection before the two dozen connections of a complete probe.
            context.dialer().connect(host, address, port, deadline).close();
            return new EndpointProbe(context, address, issuers).probe();
        } catch (IOException e) {
            return notAsked(
                    String.valueOf(address.getHostAddress()),
                    host + " is reached through " + proxy + ", and its addresses cannot be probed without it: "
                            + e.getMessage());
        }
    }

    private TlsEndpoint notAsked(String address, String reason) {
        Failure failure = new Failure(Failure.RequestFailureKind.PROXY_REFUSED, reason);
        return TlsEndpoint.notProbed(
                address,
                new Reachability(Reachability.ReachabilityKind.BEHIND_PROXY, reason),
                new HttpExchange("GET", context.target().url("https", port), List.of(), failure));
    }
}
