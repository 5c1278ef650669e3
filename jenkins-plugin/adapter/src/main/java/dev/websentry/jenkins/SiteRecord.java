package dev.websentry.jenkins;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one site.
 *
 * @param error why it could not be scanned; empty when it was, and then alone the rest means anything
 * @param closedBecause why the gate is closed, one line a reason
 * @param notes what a reader should know beside, such as an expired waiver
 * @param waived the ids of the checks whose findings are excused
 */
public record SiteRecord(
        String url,
        String error,
        String grade,
        int score,
        boolean complete,
        List<String> closedBecause,
        List<String> notes,
        List<String> waived,
        List<CategoryRecord> categories)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public SiteRecord {
        closedBecause = new ArrayList<>(closedBecause);
        notes = new ArrayList<>(notes);
        waived = new ArrayList<>(waived);
        categories = new ArrayList<>(categories);
    }

    static SiteRecord failed(String url, String error) {
        return new SiteRecord(url, error, "", 0, false, List.of(), List.of(), List.of(), List.of());
    }

    /** Whether there is a grade. */
    public boolean isGraded() {
        return error.isEmpty();
    }
}
