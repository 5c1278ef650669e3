package io.jenkins.plugins.websentry;

import hudson.model.Run;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What earlier builds found, to be compared with. */
final class BaselineFinder {
    private BaselineFinder() {}

    /** The report of each site in the last successful build before this one that scanned any, by URL. */
    static Map<String, String> before(Run<?, ?> run) throws IOException {
        Map<String, String> reports = new LinkedHashMap<>();
        Run<?, ?> earlier = run.getPreviousSuccessfulBuild();
        while (earlier != null && reports.isEmpty()) {
            for (WebSentryAction action : earlier.getActions(WebSentryAction.class)) {
                reports.putAll(action.reportsByUrl());
            }
            earlier = earlier.getPreviousSuccessfulBuild();
        }
        return reports;
    }
}
