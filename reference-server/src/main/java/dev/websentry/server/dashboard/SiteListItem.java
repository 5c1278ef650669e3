package dev.websentry.server.dashboard;

import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.server.scan.SiteHistoryRepository.LatestSiteScan;

/**
 * A row of the site list.
 *
 * @param scans the number of completed scans
 * @param tone CSS class of the color of the grade
 * @param last the time of the latest completed scan
 * @param id the id of the latest completed scan
 */
record SiteListItem(String site, long scans, String grade, int score, String tone, DisplayTime last, String id) {
    static SiteListItem of(LatestSiteScan scan) {
        String grade = scan.gradeSummary().grade();
        return new SiteListItem(
                scan.site(),
                scan.scans(),
                grade,
                scan.gradeSummary().score(),
                ReportColor.ofGradeLabel(grade).cssClass(),
                DisplayTime.of(scan.createdAt()),
                scan.id());
    }
}
