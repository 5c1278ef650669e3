package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.HttpExchange.Failure.RequestFailureKind;
import dev.websentry.engine.observation.RedirectChain;
import java.util.ArrayList;
import java.util.List;

/** Parses redirect chains from a short notation, for parameterized tests. */
final class RedirectChainNotation {
    private RedirectChainNotation() {}

    /**
     * Parses a chain, such as {@code http://a.org 301 https://a.org 200}. URLs and status codes alternate. The last
     * element can be the end of the chain, such as LOOP and the next location, or a failure, such as REFUSED.
     * INVALID_LOCATION without a location uses an ftp URL.
     */
    static RedirectChain chain(String steps) {
        String[] parts = steps.trim().split("\\s+");
        List<HttpExchange> hops = new ArrayList<>();
        RedirectChain.RedirectChainEnd end = RedirectChain.RedirectChainEnd.ANSWERED;
        for (int i = 0; i < parts.length; i += 2) {
            String result = i + 1 < parts.length ? parts[i + 1] : "200";
            String next = i + 2 < parts.length ? parts[i + 2] : "";
            if (result.matches("\\d+")) {
                int status = Integer.parseInt(result);
                if (next.matches("[A-Z_]+")) {
                    end = RedirectChain.RedirectChainEnd.valueOf(next);
                    String to = i + 3 < parts.length ? parts[i + 3] : "ftp://a.org/";
                    hops.add(ObservedSite.get(parts[i], ObservedSite.redirect(status, to)));
                    break;
                }
                hops.add(ObservedSite.get(
                        parts[i],
                        next.isEmpty()
                                ? ObservedSite.response(status, List.of(), "")
                                : ObservedSite.redirect(status, next)));
            } else {
                end = RedirectChain.RedirectChainEnd.FAILED;
                hops.add(ObservedSite.get(
                        parts[i], new Failure(RequestFailureKind.valueOf(result), "port is " + result)));
            }
        }
        return new RedirectChain(hops, end);
    }

    /** Returns a chain with a number of redirects: from {@code https://a.org} to {@code https://a.org/1} and so on. */
    static RedirectChain withRedirects(int count) {
        StringBuilder steps = new StringBuilder("https://a.org");
        for (int i = 1; i <= count; i++) {
            steps.append(" 302 https://a.org/").append(i);
        }
        return chain(steps + " 200");
    }
}
