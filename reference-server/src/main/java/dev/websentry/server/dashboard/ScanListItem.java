package dev.websentry.server.dashboard;

import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.server.scan.Scan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a scan list.
 *
 * @param grade null if the scan is not done
 * @param score 0 to 100; null if the scan is not done
 * @param tone the CSS class of the grade's color
 * @param state the name of the state, shown for scans without a grade
 * @param monitored whether a monitor requested the scan
 */
record ScanListItem(
        String id,
        String url,
        String site,
        @Nullable String grade,
        @Nullable Integer score,
        String tone,
        String state,
        boolean monitored,
        DisplayTime created) {

    /** Returns the rows of a list. If two of them have the same minute, all times have seconds. */
    static List<ScanListItem> of(List<Scan> scans) {
        List<ScanListItem> rows = scans.stream().map(ScanListItem::of).toList();
        long minutes = rows.stream().map(row -> row.created().text()).distinct().count();
        return minutes == rows.size()
                ? rows
                : rows.stream().map(ScanListItem::withSeconds).toList();
    }

    private ScanListItem withSeconds() {
        return new ScanListItem(id, url, site, grade, score, tone, state, monitored, created.withSeconds());
    }

    static ScanListItem of(Scan scan) {
        Scan.GradeSummary verdict = scan.gradeSummary().orElse(null);
        return new ScanListItem(
                scan.id(),
                scan.url(),
                scan.site(),
                verdict == null ? null : verdict.grade(),
                verdict == null ? null : verdict.score(),
                verdict == null
                        ? "none"
                        : ReportColor.ofGradeLabel(verdict.grade()).cssClass(),
                scan.state().wire(),
                scan.monitorId().isPresent(),
                DisplayTime.of(scan.createdAt()));
    }
}
