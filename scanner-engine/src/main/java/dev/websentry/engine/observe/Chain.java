package dev.websentry.engine.observe;

import java.util.List;

/**
 * A request and the redirects that followed from it.
 *
 * @param hops at least one; the first is the request that was asked for
 * @param end why the chain ended where it did
 */
public record Chain(List<Exchange> hops, End end) {
    /** Why a chain ended. */
    public enum End {
        /** An answer that is not a redirect. */
        ANSWERED("answered"),
        /** No answer; the last hop says why. */
        FAILED("no answer"),
        /** A URL came up twice. */
        LOOP("the redirects go round in a circle"),
        /** More hops than a client follows. */
        TOO_MANY_HOPS("more redirects than a browser follows"),
        /** A Location that is no http(s) URL. */
        INVALID_LOCATION("a Location that no browser follows");

        private final String phrase;

        End(String phrase) {
            this.phrase = phrase;
        }

        /** The end in words. */
        public String phrase() {
            return phrase;
        }
    }

    public Chain {
        hops = List.copyOf(hops);
        if (hops.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least the request it began with");
        }
    }

    /** How many redirects were followed. */
    public int redirects() {
        return hops.size() - 1;
    }

    public Exchange first() {
        return hops.get(0);
    }

    public Exchange last() {
        return hops.get(hops.size() - 1);
    }
}
