package dev.websentry.engine.check.redirects;

import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.syntax.UserInfo;
import java.util.ArrayList;
import java.util.List;

/** A chain of redirects for the reader, one line a hop. */
final class ChainEvidence {
    private static final int MOST_HOPS = 8;
    private static final int LONGEST = 300;

    private ChainEvidence() {}

    static List<String> lines(Chain chain) {
        List<String> lines = new ArrayList<>(
                chain.hops().stream().limit(MOST_HOPS).map(ChainEvidence::line).toList());
        if (chain.hops().size() > MOST_HOPS) {
            lines.add("and " + (chain.hops().size() - MOST_HOPS) + " more, the last: " + line(chain.last()));
        }
        if (chain.end() != Chain.End.ANSWERED && chain.end() != Chain.End.FAILED) {
            lines.add(chain.end().phrase());
        }
        return lines;
    }

    private static String line(Exchange hop) {
        String answer = hop.response()
                .map(response -> response.status()
                        + response.headers()
                                .first("Location")
                                .map(to -> ", Location: " + UserInfo.hidden(to))
                                .orElse(""))
                .orElseGet(() -> hop.failure().map(Exchange.Failure::detail).orElse(""));
        String line = "GET " + hop.url() + " -> " + answer;
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    }
}
