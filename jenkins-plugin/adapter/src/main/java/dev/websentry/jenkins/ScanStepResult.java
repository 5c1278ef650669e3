package dev.websentry.jenkins;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The value that a Pipeline step returns. It consists only of maps, lists and values of the JDK, so that a script can
 * keep it across a restart and read it in the sandbox without approval.
 */
public final class ScanStepResult {
    private ScanStepResult() {}

    /**
     * Creates the value. The site with the lowest score determines grade, score and categories; {@code sites} contains
     * every site. A missing grade is null.
     */
    public static Map<String, Serializable> of(BuildRecord run, String reportUrl) {
        LinkedHashMap<String, Serializable> result = new LinkedHashMap<>();
        result.put("grade", run.worst().map(SiteRecord::grade).orElse(null));
        result.put("score", run.worst().map(SiteRecord::score).orElse(null));
        result.put("complete", run.complete());
        result.put("passed", run.failures().isEmpty());
        result.put("reasons", new ArrayList<>(reasons(run)));
        result.put("reportUrl", reportUrl);
        result.put(
                "categories",
                run.worst().map(ScanStepResult::categories).orElseGet(() -> new LinkedHashMap<String, Serializable>()));
        ArrayList<Serializable> sites = new ArrayList<>();
        for (SiteRecord site : run.sites()) {
            sites.add(site(site));
        }
        result.put("sites", sites);
        return result;
    }

    private static List<String> reasons(BuildRecord run) {
        return Stream.concat(run.failures().stream(), run.unstable().stream()).toList();
    }

    /** Returns the result as environment variables. */
    public static Map<String, String> environment(BuildRecord run, String reportUrl) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("WEBSENTRY_GRADE", run.worst().map(SiteRecord::grade).orElse(""));
        variables.put(
                "WEBSENTRY_SCORE",
                run.worst().map(site -> Integer.toString(site.score())).orElse(""));
        variables.put("WEBSENTRY_COMPLETE", Boolean.toString(run.complete()));
        variables.put("WEBSENTRY_REPORT_URL", reportUrl);
        return variables;
    }

    private static Serializable site(SiteRecord site) {
        LinkedHashMap<String, Serializable> json = new LinkedHashMap<>();
        json.put("url", site.url());
        json.put("grade", site.isGraded() ? site.grade() : null);
        json.put("score", site.isGraded() ? site.score() : null);
        json.put("complete", site.isGraded() && site.complete());
        json.put("passed", site.isPassed());
        json.put("gateScore", site.isGraded() ? site.gate().score() : null);
        json.put("error", site.isGraded() ? null : site.error());
        json.put("categories", categories(site));
        return json;
    }

    private static Serializable categories(SiteRecord site) {
        LinkedHashMap<String, Serializable> categories = new LinkedHashMap<>();
        for (CategoryRecord category : site.categories()) {
            LinkedHashMap<String, Serializable> one = new LinkedHashMap<>();
            one.put("score", category.score());
            one.put("maxScore", category.maxScore());
            one.put("grade", category.grade());
            categories.put(category.key(), one);
        }
        return categories;
    }
}
