package dev.websentry.engine.check.redirects;

import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.UrlUserInfo;
import java.util.ArrayList;
import java.util.List;

/** Formats a redirect chain as evidence, one line per hop. */
final class RedirectChainEvidence {
    private static final int MAX_HOPS = 8;

    private RedirectChainEvidence() {}

    /**
     * Formats a chain. Passwords in Location headers are hidden.
     *
     * @param chain the chain
     * @return the first eight hops, the last hop, and why the chain ended if it did not end with a response
     */
    static List<String> lines(RedirectChain chain) {
        List<String> lines = new ArrayList<>(chain.hops().stream()
                .limit(MAX_HOPS)
                .map(RedirectChainEvidence::line)
                .toList());
        if (chain.hops().size() > MAX_HOPS) {
            lines.add("and " + (chain.hops().size() - MAX_HOPS) + " more, the last: " + line(chain.last()));
        }
        if (chain.end() != RedirectChain.RedirectChainEnd.ANSWERED
                && chain.end() != RedirectChain.RedirectChainEnd.FAILED) {
            lines.add(chain.end().description());
        }
        return lines;
    }

    private static String line(HttpExchange hop) {
        String result = hop.response()
                .map(response -> response.status()
                        + response.headers()
                                .first("Location")
                                .map(to -> ", Location: " + UrlUserInfo.mask(to))
                                .orElse(""))
                .orElseGet(() -> hop.failure().map(HttpExchange.Failure::detail).orElse(""));
        return Excerpt.evidenceLine("GET " + hop.url() + " -> " + result);
    }
}
