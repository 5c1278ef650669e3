package dev.websentry.engine.probe.site;

import dev.websentry.engine.config.Target;
import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.probe.ProbeContext;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/** Requests the requested host over plain HTTP. */
public final class PlainHttpProbe {
    private static final int HTTP_PORT = 80;
    /** Forbidden and Upgrade Required. */
    private static final Set<Integer> REFUSED = Set.of(403, 426);

    private final ProbeContext context;
    private final RedirectFollower redirects;

    /** Creates the probe of one scan. */
    public PlainHttpProbe(ProbeContext context, RedirectFollower redirects) {
        this.context = context;
        this.redirects = redirects;
    }

    /**
     * Follows the redirects from plain HTTP.
     *
     * @return the chain from the entry page, or from a random path if the server refuses only the entry page; empty if
     *     the target has an explicit port and no port for plain HTTP is configured
     */
    public Optional<RedirectChain> probe() {
        Target target = context.target();
        if (target.explicitPort().isPresent() && context.options().httpPort().isEmpty()) {
            return Optional.empty();
        }
        HttpUrl url = target.url("http", context.options().httpPort().orElse(HTTP_PORT));
        RedirectChain entry = redirects.follow(FetchRequest.snippet(url));
        return Optional.of(isRefused(entry) ? refused(entry, url) : entry);
    }

    private RedirectChain refused(RedirectChain entry, HttpUrl url) {
        HttpUrl random = url.newBuilder().encodedPath("/" + RandomLabel.next()).build();
        RedirectChain other = redirects.follow(FetchRequest.snippet(random));
        return other.first().response().isEmpty() || isRefused(other) ? entry : other;
    }

    private static boolean isRefused(RedirectChain chain) {
        return chain.first()
                .response()
                .filter(response -> REFUSED.contains(response.status()))
                .isPresent();
    }
}
