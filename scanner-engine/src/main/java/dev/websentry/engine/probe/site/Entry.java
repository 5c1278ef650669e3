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

/** Finds the way into the site: over https, over http where nothing speaks https, or over the http port that was named. */
public final class Entry {
    /** There is something on the https port, so plain http is no substitute for it. */
    private static final Set<Failure.Kind> NO_FALL_BACK = Set.of(
            Failure.Kind.TLS_FAILED,
            Failure.Kind.CLIENT_CERTIFICATE_REQUIRED,
            Failure.Kind.UNRESOLVABLE,
            Failure.Kind.RESOLVER_FAILED,
            Failure.Kind.BLOCKED_ADDRESS);

    private static final long PAUSE_MILLIS = 1000;

    private final ProbeContext context;
    private final Redirects redirects;

    public Entry(ProbeContext context, Redirects redirects) {
        this.context = context;
        this.redirects = redirects;
    }

    /** The first request that a server of the target answered; unknown, naming host, port and reason, when none did. */
    public Observed<Exchange> first() {
        Target target = context.target();
        if (target.entry() == Target.Entry.HTTP_ONLY) {
            return answered(fetch(target.url("http", target.httpsPort())), "");
        }
        Exchange secure = fetch(target.url("https", target.httpsPort()));
        Failure failure = secure.failure().orElse(null);
        if (failure == null || NO_FALL_BACK.contains(failure.kind())) {
            return answered(secure, "");
        }
        int port = target.explicitPort().orElse(context.options().httpPort().orElse(80));
        return answered(fetch(target.url("http", port)), "https: " + phrase(secure) + "; http: ");
    }

    /**
     * The whole way in.
     *
     * @throws ScanException when the final page is refused twice
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
                    Reason.REFUSED_BY_SITE,
                    again.last().url().host() + " did not let the scan see its page, twice: " + refusal.get());
        }
        return again;
    }

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
        return url.host() + " port " + url.port() + " gave no answer over " + url.scheme() + ": "
                + failed.failure().map(Failure::detail).orElse("unknown");
    }

    /** A moment, so that a server that was only busy is asked when it may be no longer. */
    private void pause() {
        long most = Math.min(PAUSE_MILLIS, context.deadline().remaining().toMillis());
        try {
            TimeUnit.MILLISECONDS.sleep(most);
        } catch (InterruptedException e) {
            // The scan ends: the next request fails at once and says so.
            Thread.currentThread().interrupt();
        }
    }
}
