package dev.websentry.engine.observation;

import java.util.List;

/**
 * A request and the redirects that followed it.
 *
 * @param hops the exchanges in order, at least one; the first is the initial request
 * @param end why the chain ended
 */
public record RedirectChain(List<HttpExchange> hops, RedirectChainEnd end) {
    /** The reason why a chain ended. */
    public enum RedirectChainEnd {
        /** The last response is not a redirect. */
        ANSWERED("answered"),
        /** The last request had no response; the last hop contains the failure. */
        FAILED("no response"),
        /** A URL occurred twice. */
        LOOP("redirect loop"),
        /** There are more redirects than a client follows. */
        TOO_MANY_HOPS("more redirects than a browser follows"),
        /** A Location header does not contain an http or https URL. */
        INVALID_LOCATION("a Location that browsers do not follow");

        private final String description;

        RedirectChainEnd(String phrase) {
            this.description = phrase;
        }

        /** Returns the reason as a phrase for verdicts. */
        public String description() {
            return description;
        }
    }

    public RedirectChain {
        hops = List.copyOf(hops);
        if (hops.isEmpty()) {
            throw new IllegalArgumentException("a redirect chain needs at least one hop");
        }
    }

    /** Returns the number of redirects that were followed. */
    public int redirectCount() {
        return hops.size() - 1;
    }

    /** Returns the initial request. */
    public HttpExchange first() {
        return hops.get(0);
    }

    /** Returns the exchange at which the chain ended. */
    public HttpExchange last() {
        return hops.get(hops.size() - 1);
    }
}
