package dev.websentry.engine.probe.site;

import dev.websentry.engine.config.Target;
import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.probe.ProbeContext;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Requests the requested host over plain HTTP. */
public final class PlainHttpProbe {
    private static final int HTTP_PORT = 80;
    private static final int FORBIDDEN = 403;

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
     * @return the chain from the entry page, or from a random path if the server forbids only the entry page; empty if
     *     the target has an explicit port and no port for plain HTTP is configured
     */
    public Optional<RedirectChain> probe() {
        Target target = context.target();
        if (target.explicitPort().isPresent() && context.options().httpPort().isEmpty()) {
            return Optional.empty();
        }
        HttpUrl url = target.url("http", context.options().httpPort().orElse(HTTP_PORT));
        RedirectChain entry = redirects.follow(FetchRequest.snippet(url));
        return Optional.of(isForbidden(entry) ? forbidden(entry, url) : entry);
    }

    private RedirectChain forbidden(RedirectChain entry, HttpUrl url) {
        HttpUrl random = url.newBuilder().encodedPath("/" + RandomLabel.next()).build();
        RedirectChain other = redirects.follow(FetchRequest.snippet(random));
        return other.first().response().isEmpty() || isForbidden(other) ? entry : other;
    }

    private static boolean isForbidden(RedirectChain chain) {
        return chain.first()
                .response()
                .filter(response -> response.status() == FORBIDDEN)
                .isPresent();
    }
}
