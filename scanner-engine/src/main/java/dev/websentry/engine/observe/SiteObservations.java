package dev.websentry.engine.observe;

import dev.websentry.engine.observe.Exchange.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What HTTP showed of the site.
 *
 * @param entry the requests by which the site was entered, to the final page; unknown when no HTTP client of this runtime
 *     gets an answer, for instance where TLS answers but cannot be completed or a client certificate is demanded
 * @param again the final page fetched a second time, to see what repeats; empty where one fetch had to do
 * @param plain the chain that begins at plain http on the requested host; empty when there is no port to look for it
 * @param www the host's other name, with or without www; empty when it has none
 * @param cors how the requested host answers foreign origins
 * @param leakage what the requested host says where nobody should ask
 */
public record SiteObservations(
        Observed<Chain> entry,
        Observed<Optional<Exchange>> again,
        Observed<Optional<Chain>> plain,
        Observed<Optional<OtherName>> www,
        Observed<CorsAnswers> cors,
        Observed<LeakageAnswers> leakage) {

    /** The final page: the answer that the entry's redirects ended on. */
    public Observed<Page> page() {
        if (entry instanceof Observed.Unknown<Chain> unknown) {
            return Observed.unknown(unknown.reason());
        }
        Chain chain = entry.value();
        if (chain.end() != Chain.End.ANSWERED && chain.end() != Chain.End.FAILED) {
            // A 30x that leads nowhere is no page of the site.
            return Observed.unknown(
                    "the entry has no final page: " + chain.end().phrase());
        }
        Exchange last = chain.last();
        return last.response()
                .map(response -> Observed.seen(new Page(last, response)))
                .orElseGet(() -> Observed.unknown(
                        last.failure().map(Exchange.Failure::detail).orElse("the final page did not answer")));
    }

    /** A page that answered. */
    public record Page(Exchange exchange, Response response) {
        /** The page that a chain ended on, if it ended on one. */
        public static Optional<Page> of(Chain chain) {
            return chain.end() == Chain.End.ANSWERED
                    ? chain.last().response().map(response -> new Page(chain.last(), response))
                    : Optional.empty();
        }

        /** Whether it is an HTML document, by its Content-Type; without one, by its beginning, as a browser would sniff. */
        public boolean isHtml() {
            return response.headers()
                    .first("Content-Type")
                    .map(type -> type.toLowerCase(Locale.ROOT).strip())
                    .map(type -> type.startsWith("text/html") || type.startsWith("application/xhtml+xml"))
                    .orElseGet(
                            () -> response.body().text().stripLeading().regionMatches(true, 0, "<!doctype html", 0, 14)
                                    || response.body().text().stripLeading().regionMatches(true, 0, "<html", 0, 5));
        }
    }

    /**
     * The www name of an apex, or the apex of a www name.
     *
     * @param secure the chain from https on it; plain the one from http on it
     */
    public record OtherName(String host, Chain secure, Chain plain) {}

    /**
     * Answers to foreign origins.
     *
     * @param origin the random origin that was named
     * @param fromNull the answer to {@code Origin: null}
     */
    public record CorsAnswers(String origin, Exchange fromOrigin, Exchange fromNull, Exchange preflight) {}

    /**
     * Answers that may say too much.
     *
     * @param ordinary what this site answers where nothing is to be found
     * @param paths the well-known sensitive paths; empty when probing is switched off
     * @param error an answer to a request that makes careless servers show their insides
     * @param directories directories that the entry page's own files lie in; at most two
     */
    public record LeakageAnswers(
            Ordinary ordinary, List<Exchange> paths, Exchange error, List<Exchange> directories, Announced announced) {
        public LeakageAnswers {
            paths = List.copyOf(paths);
            directories = List.copyOf(directories);
        }

        /** The same with these directories. */
        public LeakageAnswers with(List<Exchange> seen) {
            return new LeakageAnswers(ordinary, paths, error, seen, announced);
        }
    }

    /**
     * What every path might be answered with, whether or not it exists.
     *
     * @param canaries random paths, which nothing lies at
     * @param root the answer at "/"
     */
    public record Ordinary(List<Exchange> canaries, Exchange root) {
        public Ordinary {
            canaries = List.copyOf(canaries);
        }
    }

    /** What informs only: the file of RFC 9116, and the answer to TRACE (RFC 9110 section 9.3.8). */
    public record Announced(Exchange securityTxt, Exchange trace) {}
}
