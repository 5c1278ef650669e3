package io.jenkins.plugins.websentry;

import hudson.model.Run;
import java.io.IOException;
import java.util.Set;

/**
 * Deletes the reports of older builds if the global configuration limits how many builds keep them. Grades, scores and
 * reasons stay with the build.
 */
final class ReportRetention {
    /** Build numbers can have gaps, and a baseline can become superfluous later, so a few builds are examined. */
    private static final int EXAMINED_BUILDS = 10;

    private ReportRetention() {}

    /**
     * Deletes the reports that are no longer kept.
     *
     * @param baselines the numbers of the builds whose reports are still compared with
     */
    static void apply(Run<?, ?> run, Set<Integer> baselines) throws IOException {
        Integer kept = WebSentryGlobalConfiguration.get().getKeepReports();
        if (kept == null) {
            return;
        }
        int newest = run.getNumber() - kept;
        for (int number = newest; number > 0 && number > newest - EXAMINED_BUILDS; number--) {
            Run<?, ?> old = baselines.contains(number) ? null : run.getParent().getBuildByNumber(number);
            if (old != null && !old.isBuilding() && !old.isKeepLog()) {
                for (WebSentryAction action : old.getActions(WebSentryAction.class)) {
                    action.deleteReports();
                }
            }
        }
    }
}
