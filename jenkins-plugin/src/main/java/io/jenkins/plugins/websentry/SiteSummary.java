package io.jenkins.plugins.websentry;

import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One row of the table of sites, also part of the REST API.
 *
 * @param number the number of the site in the step, from 1
 * @param grade empty if the site could not be scanned
 * @param score null if the site could not be scanned
 * @param passed whether the quality gate passed; null for builds that did not store it
 */
@ExportedBean
public record SiteSummary(
        int number,
        String url,
        String grade,
        @Nullable Integer score,
        @Nullable Boolean passed) {
    @Exported
    public String getUrl() {
        return url;
    }

    @Exported
    public String getGrade() {
        return grade;
    }

    @Exported
    public @Nullable Integer getScore() {
        return score;
    }

    @Exported
    public @Nullable Boolean getPassed() {
        return passed;
    }
}
