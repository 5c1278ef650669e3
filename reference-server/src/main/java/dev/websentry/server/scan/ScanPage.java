package dev.websentry.server.scan;

import java.util.List;
import java.util.Optional;

/**
 * A part of an account's scans, the newest first.
 *
 * @param next where the following part begins; empty when this is the last
 */
public record ScanPage(List<Scan> scans, Optional<String> next) {
    /** The most scans on one page. */
    public static final int LARGEST = 100;

    public ScanPage {
        scans = List.copyOf(scans);
    }

    /**
     * Which part.
     *
     * @param site of one site alone
     * @param after a page's {@code next}; empty: the first page
     * @param limit 1 to {@link #LARGEST}
     */
    public record Query(Optional<String> site, Optional<String> after, int limit) {
        public Query {
            if (limit < 1 || limit > LARGEST) {
                throw new IllegalArgumentException("limit is " + limit + ": expected 1 to " + LARGEST);
            }
        }
    }
}
