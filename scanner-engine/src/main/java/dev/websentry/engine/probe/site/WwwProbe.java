package dev.websentry.engine.probe.site;

import dev.websentry.engine.config.Target;
import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.SiteObservations.WwwVariant;
import dev.websentry.engine.probe.ProbeContext;
import java.util.Optional;
import java.util.concurrent.Future;
import okhttp3.HttpUrl;

/** Probes the host's counterpart with or without www: www.example.com for example.com and vice versa. */
public final class WwwProbe {
    private final ProbeContext context;
    private final RedirectFollower redirects;

    /** Creates the probe of one scan. */
    public WwwProbe(ProbeContext context, RedirectFollower redirects) {
        this.context = context;
        this.redirects = redirects;
    }

    /**
     * Follows the redirects of the counterpart over http and https.
     *
     * @return the redirect chains; empty if the host has no counterpart
     */
    public Optional<WwwVariant> probe() {
        Optional<String> name = counterpart(context.target());
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Future<RedirectChain> plain = context.tasks().start(() -> chain("http", name.get()));
        RedirectChain secure = chain("https", name.get());
        return Optional.of(new WwwVariant(name.get(), secure, TaskScope.join(plain)));
    }

    /**
     * Returns the counterpart of the target's host.
     *
     * @param target the target
     * @return the name with or without www; empty unless the host is a registrable domain (by the Public Suffix List)
     *     or its www name, its suffix is certainly that of a registry, and the target has no explicit port
     */
    static Optional<String> counterpart(Target target) {
        if (target.host().isIpAddress() || target.explicitPort().isPresent()) {
            return Optional.empty();
        }
        String host = target.host().ascii();
        String registrable = HttpUrl.get("https://" + target.host().toUrlHost()).topPrivateDomain();
        if (registrable == null || !RegistrySuffix.matches(registrable.substring(registrable.indexOf('.') + 1))) {
            return Optional.empty();
        }
        if (host.equals(registrable)) {
            return Optional.of("www." + host);
        }
        return host.equals("www." + registrable) ? Optional.of(registrable) : Optional.empty();
    }

    private RedirectChain chain(String scheme, String host) {
        return redirects.follow(FetchRequest.snippet(HttpUrl.get(scheme + "://" + host + "/")));
    }
}
