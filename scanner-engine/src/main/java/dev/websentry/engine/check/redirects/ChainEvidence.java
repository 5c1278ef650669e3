package dev.websentry.engine.check.redirects;

import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.syntax.UserInfo;
import java.util.ArrayList;
import java.util.List;

/** Formats a redirect chain as evidence, one line per hop. */
final class ChainEvidence {
    private static final int MAX_HOPS = 8;
    private static final int MAX_LINE_LENGTH = 300;

    private ChainEvidence() {}

    /**
     * Formats a chain. Passwords in Location headers are hidden.
     *
     * @param chain the chain
     * @return the first eight hops, the last hop, and why the chain ended if it did not end with a response
     */
    static List<String> lines(Chain chain) {
        List<String> lines = new ArrayList<>(
                chain.hops().stream().limit(MAX_HOPS).map(ChainEvidence::line).toList());
        if (chain.hops().size() > MAX_HOPS) {
            lines.add("and " + (chain.hops().size() - MAX_HOPS) + " more, the last: " + line(chain.last()));
        }
        if (chain.end() != Chain.End.ANSWERED && chain.end() != Chain.End.FAILED) {
            lines.add(chain.end().phrase());
        }
        return lines;
    }

    private static String line(Exchange hop) {
        String result = hop.response()
                .map(response -> response.status()
                        + response.headers()
                                .first("Location")
                                .map(to -> ", Location: " + UserInfo.hidden(to))
                                .orElse(""))
                .orElseGet(() -> hop.failure().map(Exchange.Failure::detail).orElse(""));
        String line = "GET " + hop.url() + " -> " + result;
        return line.length() <= MAX_LINE_LENGTH ? line : line.substring(0, MAX_LINE_LENGTH - 3) + "...";
    }
}
