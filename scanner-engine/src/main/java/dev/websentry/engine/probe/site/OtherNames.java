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

/** Probes the host's counterpart with or without www: www.example.com for example.com and vice versa. */
public final class OtherNames {
    private final ProbeContext context;
    private final Redirects redirects;

    /** Creates the probe of one scan. */
    public OtherNames(ProbeContext context, Redirects redirects) {
        this.context = context;
        this.redirects = redirects;
    }

    /**
     * Follows the redirects of the counterpart over http and https.
     *
     * @return the redirect chains; empty if the host has no counterpart
     */
    public Optional<OtherName> probe() {
        Optional<String> name = otherName(context.target());
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Future<Chain> plain = context.tasks().start(() -> chain("http", name.get()));
        Chain secure = chain("https", name.get());
        return Optional.of(new OtherName(name.get(), secure, Tasks.join(plain)));
    }

    /**
     * Returns the counterpart of the target's host.
     *
     * @param target the target
     * @return the name with or without www; empty unless the host is a registrable domain (by the Public Suffix List)
     *     or its www name, and the target has no explicit port
     */
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
