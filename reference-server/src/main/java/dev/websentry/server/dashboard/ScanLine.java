package dev.websentry.server.dashboard;

import dev.websentry.server.scan.Scan;
import org.jspecify.annotations.Nullable;

/**
 * A scan in a list.
 *
 * @param grade null while there is none
 * @param state in a word, for scans that have no grade
 */
record ScanLine(
        String id,
        String url,
        String site,
        @Nullable String grade,
        @Nullable Integer score,
        String tone,
        String state,
        boolean monitored,
        When created) {

    static ScanLine of(Scan scan) {
        Scan.Verdict verdict = scan.verdict().orElse(null);
        return new ScanLine(
                scan.id(),
                scan.url(),
                scan.site(),
                verdict == null ? null : verdict.grade(),
                verdict == null ? null : verdict.score(),
                verdict == null ? "none" : Tone.ofGrade(verdict.grade()),
                scan.state().wire(),
                scan.monitorId().isPresent(),
                When.of(scan.createdAt()));
    }
}
