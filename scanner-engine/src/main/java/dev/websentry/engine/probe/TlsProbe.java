package dev.websentry.engine.probe;

import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.observation.TlsObservations;
import dev.websentry.engine.probe.tls.ChainContextProbe;
import dev.websentry.engine.probe.tls.EndpointProbe;
import dev.websentry.engine.probe.tls.ProxiedEndpointProbe;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Probes the TLS servers of the host. */
public final class TlsProbe {
    /** The maximum number of addresses of a host that are probed. */
    static final int MAX_ADDRESSES = 4;

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
        if (target.entryMode() == Target.EntryMode.HTTP_ONLY) {
            return TlsObservations.notProbed("the target uses plain http");
        }
        ChainContextProbe issuers = new ChainContextProbe(context);
        if (context.targetProxy().isPresent()) {
            return issuers.complete(new ProxiedEndpointProbe(context, issuers).probe(TlsProbe::selectAddresses));
        }
        String host = target.host().ascii();
        List<InetAddress> addresses;
        try {
            addresses = selectAddresses(
                    context.hostResolver().resolve(host, target.httpsPort(), context.deadline()).stream()
                            .filter(address -> context.dialer().policy().allows(host, address, target.httpsPort()))
                            .toList());
        } catch (IOException e) {
            return TlsObservations.notProbed(String.valueOf(e.getMessage()));
        }
        List<TlsEndpoint> endpoints = context.tasks()
                .mapConcurrently(addresses, address -> new EndpointProbe(context, address, issuers).probe());
        return issuers.complete(endpoints);
    }

    /** Selects at most {@link #MAX_ADDRESSES} addresses, alternating IPv4 and IPv6. */
    static List<InetAddress> selectAddresses(List<InetAddress> all) {
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
        return alternating.subList(0, Math.min(MAX_ADDRESSES, alternating.size()));
    }
}
