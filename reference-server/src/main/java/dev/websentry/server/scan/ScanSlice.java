package dev.websentry.server.scan;

import java.util.List;
import java.util.Optional;

/**
 * A page of the scans of an account, newest first.
 *
 * @param next the cursor of the next page; empty if this is the last page
 */
public record ScanSlice(List<Scan> scans, Optional<String> next) {
    /** The maximum number of scans on one page. */
    public static final int MAX_LIMIT = 100;

    public ScanSlice {
        scans = List.copyOf(scans);
    }

    /**
     * Selects a page.
     *
     * @param site returns only scans of this site; empty for all sites
     * @param after the {@code next} cursor of the previous page; empty for the first page
     * @param limit 1 to {@link #MAX_LIMIT}
     */
    public record ScanSliceQuery(Optional<String> site, Optional<String> after, int limit) {
        public ScanSliceQuery {
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("limit is " + limit + ": expected 1 to " + MAX_LIMIT);
            }
        }
    }
}
