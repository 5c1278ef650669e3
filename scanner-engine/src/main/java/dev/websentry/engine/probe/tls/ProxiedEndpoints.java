package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.TlsEndpoint;
import dev.websentry.engine.observe.TlsEndpoint.Reach;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.target.HttpProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/**
 * The TLS servers of a host that is reached by way of a proxy. The proxy leads to one of them, whichever it likes; where the
 * host has several addresses each is asked past the proxy, or remains unknown.
 */
public final class ProxiedEndpoints {
    /** The DNS of a network behind a proxy may be silent on names outside. */
    private static final Duration LOOKUP = Duration.ofSeconds(5);

    private final ProbeContext context;
    private final IssuerProbe issuers;
    private final HttpProxy proxy;
    private final String host;
    private final int port;

    /** @param issuers told of the certificates as soon as most of them are known */
    public ProxiedEndpoints(ProbeContext context, IssuerProbe issuers) {
        this.context = context;
        this.issuers = issuers;
        this.proxy = context.proxy().orElseThrow();
        this.host = context.target().host().ascii();
        this.port = context.target().httpsPort();
    }

    /** @param some picks the addresses that are asked */
    public List<TlsEndpoint> probe(UnaryOperator<List<InetAddress>> some) {
        Future<List<TlsEndpoint>> others = context.tasks().start(() -> others(some));
        List<TlsEndpoint> endpoints = new ArrayList<>();
        endpoints.add(EndpointProbe.throughProxy(context, issuers).probe());
        endpoints.addAll(Tasks.join(others));
        return endpoints;
    }

    private List<TlsEndpoint> others(UnaryOperator<List<InetAddress>> some) {
        List<InetAddress> addresses;
        try {
            addresses = some.apply(
                    context.addresses().addresses(host, port, context.deadline().within(LOOKUP)));
        } catch (IOException e) {
            return List.of(notAsked(
                    "other addresses",
                    "how many addresses " + host + " has cannot be seen behind " + proxy + ": " + e.getMessage()));
        }
        return addresses.size() < 2 ? List.of() : context.tasks().map(addresses, this::pastTheProxy);
    }

    private TlsEndpoint pastTheProxy(InetAddress address) {
        Deadline deadline = context.deadline();
        try {
            // Once, before the two dozen connections of a whole probe.
            context.dialer().connect(host, address, port, deadline).close();
            return new EndpointProbe(context, address, issuers).probe();
        } catch (IOException e) {
            return notAsked(
                    String.valueOf(address.getHostAddress()),
                    host + " is reached by way of " + proxy + ", and its addresses cannot each be asked past it: "
                            + e.getMessage());
        }
    }

    private TlsEndpoint notAsked(String address, String reason) {
        Failure failure = new Failure(Failure.Kind.PROXY_REFUSED, reason);
        return TlsEndpoint.notAsked(
                address,
                new Reach(Reach.Kind.BEHIND_PROXY, reason),
                new Exchange("GET", context.target().url("https", port), List.of(), failure));
    }
}
