package dev.websentry.engine.syntax;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelled name probably means. */
public final class NearestName {
    /** Limits the work for a name of any length. */
    private static final int MAX_LENGTH = 200;

    private NearestName() {}

    /**
     * Returns the known name with the smallest edit distance. Case is ignored.
     *
     * @param name the unknown name
     * @param known the names that exist
     * @return the nearest name; empty if less than half of it is the same
     */
    public static Optional<String> of(String name, Collection<String> known) {
        String text = name.substring(0, Math.min(name.length(), MAX_LENGTH)).toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(text, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(nearest -> 2 * distance(text, nearest.toLowerCase(Locale.ROOT)) <= nearest.length());
    }

    /** Returns the number of characters to insert, delete or replace (Levenshtein distance). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
