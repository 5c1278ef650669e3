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
        ANSWERED,
        /** No answer; the last hop says why. */
        FAILED,
        /** A URL came up twice. */
        LOOP,
        /** More hops than a client follows. */
        TOO_MANY_HOPS,
        /** A Location that is no http(s) URL. */
        INVALID_LOCATION
    }

    public Chain {
        hops = List.copyOf(hops);
        if (hops.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least the request it began with");
        }
    }

    public Exchange first() {
        return hops.get(0);
    }

    public Exchange last() {
        return hops.get(hops.size() - 1);
    }
}
