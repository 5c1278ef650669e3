package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Exchange.Failure.Kind;
import java.util.ArrayList;
import java.util.List;

/** Chains of redirects for tables of tests. */
final class ChainInWords {
    private ChainInWords() {}

    /**
     * A chain in words: {@code http://a.org 301 https://a.org 200}; an end other than an answer last, such as LOOP or
     * REFUSED. INVALID_LOCATION alone stands for one of ftp.
     */
    static Chain chain(String words) {
        String[] parts = words.trim().split("\\s+");
        List<Exchange> hops = new ArrayList<>();
        Chain.End end = Chain.End.ANSWERED;
        for (int i = 0; i < parts.length; i += 2) {
            String word = i + 1 < parts.length ? parts[i + 1] : "200";
            String next = i + 2 < parts.length ? parts[i + 2] : "";
            if (word.matches("\\d+")) {
                int status = Integer.parseInt(word);
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
                hops.add(SeenSite.get(parts[i], new Failure(Kind.valueOf(word), "port is " + word)));
            }
        }
        return new Chain(hops, end);
    }

    /** So many redirects from {@code https://a.org} to {@code https://a.org/1} and on, and an answer. */
    static Chain ofRedirects(int count) {
        StringBuilder words = new StringBuilder("https://a.org");
        for (int i = 1; i <= count; i++) {
            words.append(" 302 https://a.org/").append(i);
        }
        return chain(words + " 200");
    }
}
