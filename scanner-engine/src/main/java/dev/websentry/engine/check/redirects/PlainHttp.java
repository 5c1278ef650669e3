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

/** What plain http on the requested host does, as both checks on it see it. */
record PlainHttp(Chain chain, String port) {

    /** Empty when the target has a port of its own and no port for plain http is known. */
    static Optional<PlainHttp> of(Observations seen) {
        return seen.site()
                .plain()
                .value()
                .map(chain -> new PlainHttp(chain, "port " + chain.first().url().port()));
    }

    static Verdict notApplicable() {
        return Verdict.notApplicable(
                "The target has a port of its own, and no port for plain http is configured beside it");
    }

    /**
     * Why nobody answers over plain http; empty when somebody does.
     *
     * @throws UnknownObservation when it cannot be told whether somebody does
     */
    Optional<String> closed(Observations seen) {
        Failure failure = chain.first().failure().orElse(null);
        if (failure == null) {
            return Optional.empty();
        }
        if (failure.kind() == Failure.Kind.REFUSED) {
            return Optional.of(port + " is closed");
        }
        if (failure.kind() == Failure.Kind.CONNECT_TIMED_OUT && httpsAnswers(seen)) {
            return Optional.of(port + " is closed: filtered, silent twice while https answers");
        }
        throw new UnknownObservation(port + " gave no HTTP answer: " + failure.detail());
    }

    /** Where the first answer sends a client; null when it is no redirect or leads nowhere. */
    @Nullable
    HttpUrl firstTarget() {
        if (chain.hops().size() > 1) {
            return chain.hops().get(1).url();
        }
        return chain.first().response().filter(Exchange.Response::isRedirect).isPresent() ? next(chain.first()) : null;
    }

    /** Whether a client that follows along is left on plain http. */
    boolean endsOnHttp() {
        boolean goesOn = chain.end() == Chain.End.LOOP || chain.end() == Chain.End.TOO_MANY_HOPS;
        HttpUrl next = goesOn ? next(chain.last()) : null;
        return !chain.last().url().isHttps() || (next != null && !next.isHttps());
    }

    /** The answers over plain http that a client gets before https. */
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

    private static boolean httpsAnswers(Observations seen) {
        boolean answered = seen.site().entry() instanceof Observed.Seen<Chain> entry
                && entry.value().first().url().isHttps()
                && entry.value().first().response().isPresent();
        return answered || seen.tls().answered();
    }
}
