package dev.websentry.jenkins;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a Pipeline step returns: maps, lists, texts, numbers and flags of the JDK alone, so that a script may keep it over a
 * restart and read it in the sandbox without anybody's approval.
 */
public final class StepResult {
    private StepResult() {}

    /** The worst site speaks for all; {@code sites} has each. A missing grade is null. */
    public static Map<String, Serializable> of(RunRecord run, String reportUrl) {
        LinkedHashMap<String, Serializable> result = new LinkedHashMap<>();
        result.put("grade", run.worst().map(SiteRecord::grade).orElse(null));
        result.put("score", run.worst().map(SiteRecord::score).orElse(null));
        result.put("complete", run.complete());
        result.put("reportUrl", reportUrl);
        result.put(
                "categories",
                run.worst().map(StepResult::categories).orElseGet(() -> new LinkedHashMap<String, Serializable>()));
        ArrayList<Serializable> sites = new ArrayList<>();
        for (SiteRecord site : run.sites()) {
            sites.add(site(site));
        }
        result.put("sites", sites);
        return result;
    }

    /** The same as environment variables, texts all. */
    public static Map<String, String> environment(RunRecord run, String reportUrl) {
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
