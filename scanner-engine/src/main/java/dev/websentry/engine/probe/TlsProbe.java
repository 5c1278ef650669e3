package dev.websentry.engine.probe;

import dev.websentry.engine.observe.TlsEndpoint;
import dev.websentry.engine.observe.TlsObservations;
import dev.websentry.engine.probe.tls.EndpointProbe;
import dev.websentry.engine.probe.tls.IssuerProbe;
import dev.websentry.engine.probe.tls.ProxiedEndpoints;
import dev.websentry.engine.target.Target;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Probes the TLS servers of the host. */
public final class TlsProbe {
    /** The maximum number of addresses of a host that are probed. */
    static final int MOST_ADDRESSES = 4;

    private final ProbeContext context;

    /** Creates the probe of one scan. */
    public TlsProbe(ProbeContext context) {
        this.context = context;
    }

    /**
     * Probes the TLS servers.
     *
     * @return the observations, without endpoints if the target is plain http or its addresses are unknown
     */
    public TlsObservations probe() {
        Target target = context.target();
        if (target.entry() == Target.Entry.HTTP_ONLY) {
            return TlsObservations.none("the target uses plain http");
        }
        IssuerProbe issuers = new IssuerProbe(context);
        if (context.proxy().isPresent()) {
            return issuers.complete(new ProxiedEndpoints(context, issuers).probe(TlsProbe::some));
        }
        List<InetAddress> addresses;
        try {
            addresses = some(
                    context
                            .addresses()
                            .addresses(target.host().ascii(), target.httpsPort(), context.deadline())
                            .stream()
                            .filter(context.dialer()::allows)
                            .toList());
        } catch (IOException e) {
            return TlsObservations.none(String.valueOf(e.getMessage()));
        }
        List<TlsEndpoint> endpoints =
                context.tasks().map(addresses, address -> new EndpointProbe(context, address, issuers).probe());
        return issuers.complete(endpoints);
    }

    /** Selects at most {@link #MOST_ADDRESSES} addresses, alternating IPv4 and IPv6. */
    static List<InetAddress> some(List<InetAddress> all) {
        List<InetAddress> ipv6 =
                all.stream().filter(Inet6Address.class::isInstance).toList();
        List<InetAddress> ipv4 =
                all.stream().filter(address -> !ipv6.contains(address)).toList();
        List<InetAddress> alternating = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i < ipv4.size()) {
                alternating.add(ipv4.get(i));
            }
            if (i < ipv6.size()) {
                alternating.add(ipv6.get(i));
            }
        }
        return alternating.subList(0, Math.min(MOST_ADDRESSES, alternating.size()));
    }
}
