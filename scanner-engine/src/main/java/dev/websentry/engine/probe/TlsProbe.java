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

/** Asks the host's TLS servers. */
public final class TlsProbe {
    /** Addresses of a host that are asked. */
    static final int MOST_ADDRESSES = 4;

    private final ProbeContext context;

    public TlsProbe(ProbeContext context) {
        this.context = context;
    }

    public TlsObservations probe() {
        Target target = context.target();
        if (target.entry() == Target.Entry.HTTP_ONLY) {
            return TlsObservations.none("the target is plain http");
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

    /** Of both families, in turns. */
    static List<InetAddress> some(List<InetAddress> all) {
        List<InetAddress> six =
                all.stream().filter(Inet6Address.class::isInstance).toList();
        List<InetAddress> four =
                all.stream().filter(address -> !six.contains(address)).toList();
        List<InetAddress> turns = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i < four.size()) {
                turns.add(four.get(i));
            }
            if (i < six.size()) {
                turns.add(six.get(i));
            }
        }
        return turns.subList(0, Math.min(MOST_ADDRESSES, turns.size()));
    }
}
