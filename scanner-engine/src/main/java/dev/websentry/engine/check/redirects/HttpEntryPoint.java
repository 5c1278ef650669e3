package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.UnobservedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * How the requested host responds to plain HTTP. Shared by the checks of the redirect to HTTPS.
 *
 * @param chain the redirect chain that begins with plain HTTP
 * @param port the port as text, such as "port 80"
 */
record HttpEntryPoint(RedirectChain chain, String port) {
    /**
     * Returns the observed behavior; empty if the target has an explicit port and no port for plain HTTP is
     * configured.
     */
    static Optional<HttpEntryPoint> of(ScanObservations seen) {
        return seen.site()
                .plain()
                .value()
                .map(chain ->
                        new HttpEntryPoint(chain, "port " + chain.first().url().port()));
    }

    /**
     * Evaluates a check of the response to plain HTTP.
     *
     * @param notServed returns the verdict if plain HTTP is not served, for a reason
     * @param served returns the verdict if plain HTTP responds
     */
    static CheckVerdict evaluate(
            ScanObservations seen,
            Function<String, CheckVerdict> notServed,
            Function<HttpEntryPoint, CheckVerdict> served) {
        HttpEntryPoint plain = of(seen).orElse(null);
        if (plain == null) {
            return CheckVerdict.notApplicable(
                    "The target has an explicit port, and no port for plain HTTP is configured");
        }
        return plain.notServedReason(seen)
                .map(notServed)
                .orElseGet(() -> served.apply(plain).evidence(plain.evidence()));
    }

    /**
     * Returns why plain HTTP is not served.
     *
     * @param seen the observations of the scan
     * @return the reason; empty if plain HTTP responds
     * @throws UnobservedException when it is unknown whether plain HTTP is served
     */
    Optional<String> notServedReason(ScanObservations seen) {
        Failure failure = chain.first().failure().orElse(null);
        if (failure == null) {
            return refusedReason(seen);
        }
        if (failure.kind() == Failure.RequestFailureKind.REFUSED) {
            return Optional.of(port + " is closed");
        }
        if (failure.kind() == Failure.RequestFailureKind.CLOSED) {
            return Optional.of(port + " accepts connections and closes them without a response");
        }
        if (failure.kind() == Failure.RequestFailureKind.CONNECT_TIMED_OUT && httpsResponds(seen)) {
            return Optional.of(port + " is filtered: two connection attempts timed out while HTTPS responded");
        }
        throw new UnobservedException(port + " gave no HTTP response: " + failure.detail());
    }

    /**
     * Returns the reason if plain HTTP only answers that it is refused: 426 Upgrade Required (RFC 9110 section
     * 15.5.22), or 403 Forbidden (section 15.5.4) if there is HTTPS to use instead, whatever it answers. The probe
     * requests a second path, and the chain begins there if the server accepts it.
     */
    private Optional<String> refusedReason(ScanObservations seen) {
        int status = chain.first().response().map(HttpExchange.Response::status).orElse(0);
        return status == 426 || (status == 403 && httpsResponds(seen))
                ? Optional.of(port + " refuses plain HTTP with status " + status)
                : Optional.empty();
    }

    /**
     * Returns the target of the first redirect; null if the first response is not a redirect or has no usable
     * Location.
     */
    @Nullable
    HttpUrl firstRedirectTarget() {
        if (chain.hops().size() > 1) {
            return chain.hops().get(1).url();
        }
        return chain.first()
                        .response()
                        .filter(HttpExchange.Response::isRedirect)
                        .isPresent()
                ? next(chain.first())
                : null;
    }

    /** Returns whether a client that follows the redirects ends on plain HTTP. */
    boolean endsOnHttp() {
        boolean unfinished = chain.end() == RedirectChain.RedirectChainEnd.LOOP
                || chain.end() == RedirectChain.RedirectChainEnd.TOO_MANY_HOPS;
        HttpUrl next = unfinished ? next(chain.last()) : null;
        return !chain.last().url().isHttps() || (next != null && !next.isHttps());
    }

    /** Returns the hops over plain HTTP before the first hop over HTTPS. */
    List<HttpExchange> httpHops() {
        List<HttpExchange> plain = new ArrayList<>();
        for (HttpExchange hop : chain.hops()) {
            if (hop.url().isHttps()) {
                break;
            }
            plain.add(hop);
        }
        return plain;
    }

    List<String> evidence() {
        return RedirectChainEvidence.lines(chain);
    }

    private static @Nullable HttpUrl next(HttpExchange hop) {
        return hop.response()
                .flatMap(response -> response.headers().first("Location"))
                .map(location -> hop.url().resolve(location))
                .orElse(null);
    }

    private static boolean httpsResponds(ScanObservations seen) {
        boolean answered = seen.site().entry() instanceof Observation.Seen<RedirectChain> entry
                && entry.value().first().url().isHttps()
                && entry.value().first().response().isPresent();
        return answered || seen.tls().answered();
    }
}
