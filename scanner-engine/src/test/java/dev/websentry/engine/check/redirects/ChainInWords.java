package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Exchange.Failure.Kind;
import java.util.ArrayList;
import java.util.List;

/** Parses redirect chains from a short notation, for parameterized tests. */
final class ChainInWords {
    private ChainInWords() {}

    /**
     * Parses a chain, such as {@code http://a.org 301 https://a.org 200}. URLs and status codes alternate. The last
     * element can be the end of the chain, such as LOOP and the next location, or a failure, such as REFUSED.
     * INVALID_LOCATION without a location uses an ftp URL.
     */
    static Chain chain(String steps) {
        String[] parts = steps.trim().split("\\s+");
        List<Exchange> hops = new ArrayList<>();
        Chain.End end = Chain.End.ANSWERED;
        for (int i = 0; i < parts.length; i += 2) {
            String result = i + 1 < parts.length ? parts[i + 1] : "200";
            String next = i + 2 < parts.length ? parts[i + 2] : "";
            if (result.matches("\\d+")) {
                int status = Integer.parseInt(result);
                if (next.matches("[A-Z_]+")) {
                    end = Chain.End.valueOf(next);
                    String to = i + 3 < parts.length ? parts[i + 3] : "ftp://a.org/";
                    hops.add(SeenSite.get(parts[i], SeenSite.redirect(status, to)));
                    break;
                }
                hops.add(SeenSite.get(
                        parts[i],
                        next.isEmpty() ? SeenSite.response(status, List.of(), "") : SeenSite.redirect(status, next)));
            } else {
                end = Chain.End.FAILED;
                hops.add(SeenSite.get(parts[i], new Failure(Kind.valueOf(result), "port is " + result)));
            }
        }
        return new Chain(hops, end);
    }

    /** Returns a chain with a number of redirects: from {@code https://a.org} to {@code https://a.org/1} and so on. */
    static Chain ofRedirects(int count) {
        StringBuilder steps = new StringBuilder("https://a.org");
        for (int i = 1; i <= count; i++) {
            steps.append(" 302 https://a.org/").append(i);
        }
        return chain(steps + " 200");
    }
}
