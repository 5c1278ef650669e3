package dev.websentry.engine.probe.site;

import dev.websentry.engine.net.Fetch;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.SiteObservations.OtherName;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.target.Target;
import java.util.Optional;
import java.util.concurrent.Future;
import okhttp3.HttpUrl;

/** Looks where the host's other name leads: www.example.com beside example.com, and the other way round. */
public final class OtherNames {
    private final ProbeContext context;
    private final Redirects redirects;

    public OtherNames(ProbeContext context, Redirects redirects) {
        this.context = context;
        this.redirects = redirects;
    }

    public Optional<OtherName> probe() {
        Optional<String> name = otherName(context.target());
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Future<Chain> plain = context.tasks().start(() -> chain("http", name.get()));
        Chain secure = chain("https", name.get());
        return Optional.of(new OtherName(name.get(), secure, Tasks.join(plain)));
    }

    /** Only a registrable domain, by the Public Suffix List, has a www name that people type, and only on the usual ports. */
    static Optional<String> otherName(Target target) {
        if (target.host().isAddress() || target.explicitPort().isPresent()) {
            return Optional.empty();
        }
        String host = target.host().ascii();
        String registrable = HttpUrl.get("https://" + target.host().inUrl()).topPrivateDomain();
        if (host.equals(registrable)) {
            return Optional.of("www." + host);
        }
        return host.equals("www." + registrable) ? Optional.of(String.valueOf(registrable)) : Optional.empty();
    }

    private Chain chain(String scheme, String host) {
        return redirects.follow(Fetch.snippet(HttpUrl.get(scheme + "://" + host + "/")));
    }
}
