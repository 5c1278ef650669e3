package dev.websentry.engine.observe;

import dev.websentry.engine.observe.Exchange.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The HTTP observations of the site.
 *
 * @param entry the redirect chain from the requested URL to the final page; unknown if the HTTP client of this
 *     runtime gets no response, for example because the TLS handshake cannot be completed or the server requires a
 *     client certificate
 * @param again the second request of the final page, to detect values that do not change; empty if the page was
 *     requested once
 * @param plain the redirect chain that begins with plain HTTP on the requested host; empty if no port for plain
 *     HTTP is known
 * @param www the responses of the www variant of the host; empty if there is no variant
 * @param cors the responses of the requested host to foreign origins
 * @param leakage the responses of the requested host that may disclose information
 */
public record SiteObservations(
        Observed<Chain> entry,
        Observed<Optional<Exchange>> again,
        Observed<Optional<Chain>> plain,
        Observed<Optional<OtherName>> www,
        Observed<CorsAnswers> cors,
        Observed<LeakageAnswers> leakage) {

    /** Returns the final page, at which the redirects of the entry chain end. */
    public Observed<Page> page() {
        if (entry instanceof Observed.Unknown<Chain> unknown) {
            return Observed.unknown(unknown.reason());
        }
        Chain chain = entry.value();
        if (chain.end() != Chain.End.ANSWERED && chain.end() != Chain.End.FAILED) {
            // A redirect without a usable target is not a page of the site.
            return Observed.unknown(
                    "the redirects do not lead to a page: " + chain.end().phrase());
        }
        Exchange last = chain.last();
        return last.response()
                .map(response -> Observed.seen(new Page(last, response)))
                .orElseGet(() -> Observed.unknown(
                        last.failure().map(Exchange.Failure::detail).orElse("the final page did not respond")));
    }

    /**
     * A response that ends a redirect chain.
     *
     * @param exchange the request
     * @param response its response
     */
    public record Page(Exchange exchange, Response response) {
        /** Returns the page at which a chain ended; empty if the chain did not end with a response. */
        public static Optional<Page> of(Chain chain) {
            return chain.end() == Chain.End.ANSWERED
                    ? chain.last().response().map(response -> new Page(chain.last(), response))
                    : Optional.empty();
        }

        /**
         * Returns whether the page is an HTML document, by its Content-Type. Without a Content-Type, the beginning of
         * the body decides, similar to the MIME sniffing of browsers.
         */
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
     * The responses of the www variant of the host: the www name of an apex domain, or the apex domain of a www name.
     *
     * @param host the host name of the variant
     * @param secure the redirect chain that begins with HTTPS on this name
     * @param plain the redirect chain that begins with plain HTTP on this name
     */
    public record OtherName(String host, Chain secure, Chain plain) {}

    /**
     * Responses to requests from foreign origins (CORS).
     *
     * @param origin the random origin of the requests
     * @param fromOrigin the response to a request with this origin
     * @param fromNull the response to {@code Origin: null}
     * @param preflight the response to a preflight request
     */
    public record CorsAnswers(String origin, Exchange fromOrigin, Exchange fromNull, Exchange preflight) {}

    /**
     * Responses that may disclose information.
     *
     * @param ordinary the responses to paths that do not exist
     * @param paths the responses at well-known sensitive paths; empty if probing them is disabled
     * @param error the response to an invalid request, which can provoke a verbose error page
     * @param directories the responses at directories of files that the final page includes; at most two
     * @param announced the informational responses
     */
    public record LeakageAnswers(
            Ordinary ordinary, List<Exchange> paths, Exchange error, List<Exchange> directories, Announced announced) {
        public LeakageAnswers {
            paths = List.copyOf(paths);
            directories = List.copyOf(directories);
        }

        /** Returns a copy with other directories. */
        public LeakageAnswers with(List<Exchange> others) {
            return new LeakageAnswers(ordinary, paths, error, others, announced);
        }
    }

    /**
     * The baseline to detect soft 404s: responses that a site may send for every path, existing or not.
     *
     * @param canaries the responses to random paths, which do not exist
     * @param root the response at "/"
     */
    public record Ordinary(List<Exchange> canaries, Exchange root) {
        public Ordinary {
            canaries = List.copyOf(canaries);
        }
    }

    /**
     * The responses for informational checks.
     *
     * @param securityTxt the response at /.well-known/security.txt (RFC 9116)
     * @param trace the response to TRACE (RFC 9110 section 9.3.8)
     */
    public record Announced(Exchange securityTxt, Exchange trace) {}
}
