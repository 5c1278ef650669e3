package dev.websentry.engine.probe.site;

import dev.websentry.engine.net.Fetch;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.ScanException.Reason;
import dev.websentry.engine.target.Target;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;

/**
 * Requests the entry page of the site: over https, over http if no server speaks https, or on the explicit http port.
 * Then follows its redirects.
 */
public final class Entry {
    /** Failures after which plain http is not tried: a TLS server exists, or the host cannot be reached at all. */
    private static final Set<Failure.Kind> NO_HTTP_FALLBACK = Set.of(
            Failure.Kind.TLS_FAILED,
            Failure.Kind.CLIENT_CERTIFICATE_REQUIRED,
            Failure.Kind.UNRESOLVABLE,
            Failure.Kind.RESOLVER_FAILED,
            Failure.Kind.BLOCKED_ADDRESS);

    private static final long PAUSE_MILLIS = 1000;

    private final ProbeContext context;
    private final Redirects redirects;

    /** Creates the probe of one scan. */
    public Entry(ProbeContext context, Redirects redirects) {
        this.context = context;
        this.redirects = redirects;
    }

    /**
     * Sends the first request.
     *
     * @return the first request that received a response; unknown, with host, port and reason, if there was none
     */
    public Observed<Exchange> first() {
        Target target = context.target();
        if (target.entry() == Target.Entry.HTTP_ONLY) {
            return answered(fetch(target.url("http", target.httpsPort())), "");
        }
        Exchange secure = fetch(target.url("https", target.httpsPort()));
        Failure failure = secure.failure().orElse(null);
        if (failure == null || NO_HTTP_FALLBACK.contains(failure.kind())) {
            return answered(secure, "");
        }
        int port = target.explicitPort().orElse(context.options().httpPort().orElse(80));
        return answered(fetch(target.url("http", port)), phrase(secure) + "; ");
    }

    /**
     * Follows the redirects of the entry page. A refused final page is requested a second time after a short pause.
     *
     * @param first the first request with its response
     * @return the redirect chain
     * @throws ScanException if the site refuses the final page twice
     */
    public Chain follow(Exchange first) throws ScanException {
        Chain chain = redirects.follow(first, Fetch.page(first.url()));
        if (refusal(chain).isEmpty()) {
            return chain;
        }
        pause();
        Chain again = redirects.follow(Fetch.page(first.url()));
        Optional<String> refusal = refusal(again);
        if (refusal.isPresent()) {
            throw new ScanException(
                    Reason.REFUSED_BY_SITE, again.last().url().host() + " refused the scan twice: " + refusal.get());
        }
        return again;
    }

    /** Returns why the final page of a chain was refused; empty if it was not. */
    static Optional<String> refusal(Chain chain) {
        return chain.end() == Chain.End.ANSWERED ? chain.last().response().flatMap(BotWall::refusal) : Optional.empty();
    }

    private Exchange fetch(HttpUrl url) {
        return redirects.fetch(Fetch.page(url));
    }

    private static Observed<Exchange> answered(Exchange exchange, String before) {
        return exchange.response().isPresent() ? Observed.seen(exchange) : Observed.unknown(before + phrase(exchange));
    }

    private static String phrase(Exchange failed) {
        HttpUrl url = failed.url();
        return url.host() + " port " + url.port() + " did not respond over " + url.scheme() + ": "
                + failed.failure().map(Failure::detail).orElse("unknown");
    }

    /** Waits a moment, so that a server that was only busy can recover. */
    private void pause() {
        long millis = Math.min(PAUSE_MILLIS, context.deadline().remaining().toMillis());
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            // The scan was interrupted; the next request fails immediately.
            Thread.currentThread().interrupt();
        }
    }
}
