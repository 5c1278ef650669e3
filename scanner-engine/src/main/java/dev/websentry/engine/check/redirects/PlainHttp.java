package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.UnknownObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * How the requested host responds to plain HTTP. Shared by the checks of the redirect to HTTPS.
 *
 * @param chain the redirect chain that begins with plain HTTP
 * @param port the port as text, such as "port 80"
 */
record PlainHttp(Chain chain, String port) {
    /**
     * Returns the observed behavior; empty if the target has an explicit port and no port for plain HTTP is
     * configured.
     */
    static Optional<PlainHttp> of(Observations seen) {
        return seen.site()
                .plain()
                .value()
                .map(chain -> new PlainHttp(chain, "port " + chain.first().url().port()));
    }

    static Verdict notApplicable() {
        return Verdict.notApplicable("The target has an explicit port, and no port for plain HTTP is configured");
    }

    /**
     * Returns why plain HTTP is not served.
     *
     * @param seen the observations of the scan
     * @return the reason; empty if plain HTTP responds
     * @throws UnknownObservation when it is unknown whether plain HTTP is served
     */
    Optional<String> closed(Observations seen) {
        Failure failure = chain.first().failure().orElse(null);
        if (failure == null) {
            return Optional.empty();
        }
        if (failure.kind() == Failure.Kind.REFUSED) {
            return Optional.of(port + " is closed");
        }
        if (failure.kind() == Failure.Kind.CONNECT_TIMED_OUT && httpsResponds(seen)) {
            return Optional.of(port + " is filtered: two connection attempts timed out while HTTPS responded");
        }
        throw new UnknownObservation(port + " gave no HTTP response: " + failure.detail());
    }

    /**
     * Returns the target of the first redirect; null if the first response is not a redirect or has no usable
     * Location.
     */
    @Nullable
    HttpUrl firstTarget() {
        if (chain.hops().size() > 1) {
            return chain.hops().get(1).url();
        }
        return chain.first().response().filter(Exchange.Response::isRedirect).isPresent() ? next(chain.first()) : null;
    }

    /** Returns whether a client that follows the redirects ends on plain HTTP. */
    boolean endsOnHttp() {
        boolean unfinished = chain.end() == Chain.End.LOOP || chain.end() == Chain.End.TOO_MANY_HOPS;
        HttpUrl next = unfinished ? next(chain.last()) : null;
        return !chain.last().url().isHttps() || (next != null && !next.isHttps());
    }

    /** Returns the hops over plain HTTP before the first hop over HTTPS. */
    List<Exchange> plainHops() {
        List<Exchange> plain = new ArrayList<>();
        for (Exchange hop : chain.hops()) {
            if (hop.url().isHttps()) {
                break;
            }
            plain.add(hop);
        }
        return plain;
    }

    List<String> evidence() {
        return ChainEvidence.lines(chain);
    }

    private static @Nullable HttpUrl next(Exchange hop) {
        return hop.response()
                .flatMap(response -> response.headers().first("Location"))
                .map(location -> hop.url().resolve(location))
                .orElse(null);
    }

    private static boolean httpsResponds(Observations seen) {
        boolean answered = seen.site().entry() instanceof Observed.Seen<Chain> entry
                && entry.value().first().url().isHttps()
                && entry.value().first().response().isPresent();
        return answered || seen.tls().answered();
    }
}
