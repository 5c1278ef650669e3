package io.jenkins.plugins.websentry;

import hudson.model.Run;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds the reports of earlier builds to compare with. The baseline of a URL is its report in the last completed build
 * that scanned the URL and found no regression in it. Whether that build succeeded does not matter: a bad site has a
 * baseline too, and a build that fails for another reason does not move the baseline back.
 */
final class BaselineFinder {
    /** Limits the number of builds that are loaded. */
    static final int MAX_BUILDS = 100;

    /**
     * The baselines of a build.
     *
     * @param reports the JSON reports by URL
     * @param builds the numbers of the builds that they come from
     */
    record BaselineReports(Map<String, String> reports, Set<Integer> builds) {}

    private BaselineFinder() {}

    /**
     * Finds the baselines.
     *
     * @param urls the URLs of the step; the search ends when all of them have a baseline
     */
    static BaselineReports before(Run<?, ?> run, Collection<String> urls) throws IOException {
        Map<String, String> reports = new LinkedHashMap<>();
        Set<Integer> builds = new HashSet<>();
        Run<?, ?> earlier = run.getPreviousBuild();
        for (int count = 0;
                earlier != null && count < MAX_BUILDS && !reports.keySet().containsAll(urls);
                count++) {
            if (!earlier.isBuilding()) {
                for (WebSentryAction action : earlier.getActions(WebSentryAction.class)) {
                    for (Map.Entry<String, String> candidate :
                            action.baselineCandidates(reports.keySet()).entrySet()) {
                        reports.put(candidate.getKey(), candidate.getValue());
                        builds.add(earlier.getNumber());
                    }
                }
            }
            earlier = earlier.getPreviousBuild();
        }
        return new BaselineReports(reports, builds);
    }
}
