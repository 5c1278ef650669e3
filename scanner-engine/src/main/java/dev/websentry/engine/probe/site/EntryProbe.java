package dev.websentry.engine.probe.site;

import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.probe.ProbeContext;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;

/**
 * Requests the entry page of the site: over https, over http if no server speaks https, or on the explicit http port.
 * Then follows its redirects.
 */
public final class EntryProbe {
    /** Failures after which plain http is not tried: a TLS server exists, or the host cannot be reached at all. */
    private static final Set<Failure.RequestFailureKind> NO_HTTP_FALLBACK = Set.of(
            Failure.RequestFailureKind.TLS_FAILED,
            Failure.RequestFailureKind.CLIENT_CERTIFICATE_REQUIRED,
            Failure.RequestFailureKind.UNRESOLVABLE,
            Failure.RequestFailureKind.RESOLVER_FAILED,
            Failure.RequestFailureKind.BLOCKED_ADDRESS);

    private static final long PAUSE_MILLIS = 1000;

    private final ProbeContext context;
    private final RedirectFollower redirects;

    /** Creates the probe of one scan. */
    public EntryProbe(ProbeContext context, RedirectFollower redirects) {
        this.context = context;
        this.redirects = redirects;
    }

    /**
     * Sends the first request.
     *
     * @return the first request that received a response; unknown, with host, port and reason, if there was none
     */
    public Observation<HttpExchange> requestEntryPage() {
        Target target = context.target();
        if (target.entryMode() == Target.EntryMode.HTTP_ONLY) {
            return answered(fetch(target.url("http", target.httpsPort())), "");
        }
        HttpExchange secure = fetch(target.url("https", target.httpsPort()));
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
    public RedirectChain followRedirects(HttpExchange first) throws ScanException {
        RedirectChain chain = redirects.follow(first, FetchRequest.page(first.url()));
        if (refusalReason(chain).isEmpty()) {
            return chain;
        }
        pause();
        RedirectChain again = redirects.follow(FetchRequest.page(first.url()));
        Optional<String> refusal = refusalReason(again);
        if (refusal.isPresent()) {
            throw new ScanException(
                    ScanFailureReason.REFUSED_BY_SITE,
                    again.last().url().host() + " refused the scan twice: " + refusal.get());
        }
        return again;
    }

    /** Returns why the final page of a chain was refused; empty if it was not. */
    static Optional<String> refusalReason(RedirectChain chain) {
        return chain.end() == RedirectChain.RedirectChainEnd.ANSWERED
                ? chain.last().response().flatMap(BotProtectionDetector::refusalReason)
                : Optional.empty();
    }

    private HttpExchange fetch(HttpUrl url) {
        return redirects.fetchWithRetry(FetchRequest.page(url));
    }

    private static Observation<HttpExchange> answered(HttpExchange exchange, String before) {
        return exchange.response().isPresent()
                ? Observation.seen(exchange)
                : Observation.unknown(before + phrase(exchange));
    }

    private static String phrase(HttpExchange failed) {
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
