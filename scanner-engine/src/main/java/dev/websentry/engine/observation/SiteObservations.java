package dev.websentry.engine.observation;

import dev.websentry.engine.observation.HttpExchange.Response;
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
 * @param plain the redirect chain that begins with plain HTTP on the requested host, at a random path if the server
 *     forbids only the entry page; empty if no port for plain HTTP is known
 * @param www the responses of the www variant of the host; empty if there is no variant
 * @param cors the responses of the requested host to foreign origins
 * @param leakage the responses of the requested host that may disclose information
 */
public record SiteObservations(
        Observation<RedirectChain> entry,
        Observation<Optional<HttpExchange>> again,
        Observation<Optional<RedirectChain>> plain,
        Observation<Optional<WwwVariant>> www,
        Observation<CorsResponses> cors,
        Observation<LeakageResponses> leakage) {

    /** Returns the final page, at which the redirects of the entry chain end. */
    public Observation<ResponsePage> page() {
        if (entry instanceof Observation.Unknown<RedirectChain> unknown) {
            return Observation.unknown(unknown.reason());
        }
        RedirectChain chain = entry.value();
        if (chain.end() != RedirectChain.RedirectChainEnd.ANSWERED
                && chain.end() != RedirectChain.RedirectChainEnd.FAILED) {
            // A redirect without a usable target is not a page of the site.
            return Observation.unknown(
                    "the redirects do not lead to a page: " + chain.end().description());
        }
        HttpExchange last = chain.last();
        return last.response()
                .map(response -> Observation.seen(new ResponsePage(last, response)))
                .orElseGet(() -> Observation.unknown(
                        last.failure().map(HttpExchange.Failure::detail).orElse("the final page did not respond")));
    }

    /**
     * A response that ends a redirect chain.
     *
     * @param exchange the request
     * @param response its response
     */
    public record ResponsePage(HttpExchange exchange, Response response) {
        /** Returns the page at which a chain ended; empty if the chain did not end with a response. */
        public static Optional<ResponsePage> of(RedirectChain chain) {
            return chain.end() == RedirectChain.RedirectChainEnd.ANSWERED
                    ? chain.last().response().map(response -> new ResponsePage(chain.last(), response))
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
    public record WwwVariant(String host, RedirectChain secure, RedirectChain plain) {}

    /**
     * Responses to requests from foreign origins (CORS).
     *
     * @param origin the random origin of the requests
     * @param fromOrigin the response to a request with this origin
     * @param fromNull the response to {@code Origin: null}
     * @param preflight the response to a preflight request
     */
    public record CorsResponses(
            String origin, HttpExchange fromOrigin, HttpExchange fromNull, HttpExchange preflight) {}

    /**
     * Responses that may disclose information.
     *
     * @param ordinary the responses to paths that do not exist
     * @param paths the responses at well-known sensitive paths; empty if probing them is disabled
     * @param error the response to an invalid request, which can provoke a verbose error page
     * @param directories the responses at directories of files that the final page includes; at most two
     * @param announced the informational responses
     */
    public record LeakageResponses(
            NotFoundBaseline ordinary,
            List<HttpExchange> paths,
            HttpExchange error,
            List<HttpExchange> directories,
            InformationalResponses announced) {
        public LeakageResponses {
            paths = List.copyOf(paths);
            directories = List.copyOf(directories);
        }

        /** Returns a copy with other directories. */
        public LeakageResponses withDirectories(List<HttpExchange> others) {
            return new LeakageResponses(ordinary, paths, error, others, announced);
        }
    }

    /**
     * The baseline to detect soft 404s: responses that a site may send for every path, existing or not.
     *
     * @param canaries the responses to random paths, which do not exist
     * @param root the response at "/"
     */
    public record NotFoundBaseline(List<HttpExchange> canaries, HttpExchange root) {
        public NotFoundBaseline {
            canaries = List.copyOf(canaries);
        }
    }

    /**
     * The responses for informational checks.
     *
     * @param securityTxt the response at /.well-known/security.txt (RFC 9116)
     * @param trace the response to TRACE (RFC 9110 section 9.3.8)
     */
    public record InformationalResponses(HttpExchange securityTxt, HttpExchange trace) {}
}
