package io.jenkins.plugins.websentry;

import dev.websentry.engine.report.ReportJsonReader;
import dev.websentry.jenkins.BuildRecordJson;
import dev.websentry.jenkins.BuildRecord;
import dev.websentry.jenkins.SiteRecord;
import dev.websentry.jenkins.ScanStepResult;
import hudson.EnvVars;
import hudson.model.BuildBadgeAction;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * One step's result on a build. {@code build.xml} holds texts and numbers alone, for lists and charts; the rest is a JSON
 * file beside it. A build whose files are gone still shows what is here.
 */
public final class WebSentryAction implements RunAction2, BuildBadgeAction, EnvironmentContributingAction {
    private static final Logger LOGGER = Logger.getLogger(WebSentryAction.class.getName());
    private static final String RECORD = "run.json";
    /** The report page has no script; a site's text that slipped through the escaping would have nothing either. */
    private static final String REPORT_POLICY =
            "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private final String id;
    private final String outcome;
    private final boolean complete;
    private final String[] urls;
    private final String[] grades;
    /** Less than zero where there is no grade. */
    private final int[] scores;

    private transient @Nullable Run<?, ?> run;

    private WebSentryAction(String id, Run<?, ?> run, BuildRecord record) {
        this.id = id;
        this.run = run;
        this.outcome = record.outcome().name();
        this.complete = record.complete();
        List<SiteRecord> sites = record.sites();
        this.urls = sites.stream().map(SiteRecord::url).toArray(String[]::new);
        this.grades = sites.stream().map(SiteRecord::grade).toArray(String[]::new);
        this.scores = sites.stream()
                .mapToInt(site -> site.isGraded() ? site.score() : -1)
                .toArray();
    }

    /** Writes the record's files into the build and adds the action; steps that run side by side get different names. */
    static WebSentryAction attach(Run<?, ?> run, BuildRecord record) throws IOException {
        WebSentryAction action;
        synchronized (run) {
            int taken = run.getActions(WebSentryAction.class).size();
            action = new WebSentryAction(taken == 0 ? "websentry" : "websentry-" + (taken + 1), run, record);
            run.addAction(action);
        }
        Path folder = action.folder();
        Files.createDirectories(folder);
        for (Map.Entry<String, String> report : record.reports().entrySet()) {
            Files.writeString(folder.resolve(report.getKey()), report.getValue());
        }
        Files.writeString(folder.resolve(RECORD), BuildRecordJson.write(record));
        run.save();
        return action;
    }

    /** The reports that this build kept, by URL. */
    Map<String, String> reportsByUrl() throws IOException {
        Map<String, String> reports = new LinkedHashMap<>();
        for (int site = 0; site < urls.length; site++) {
            Path file = folder().resolve(BuildRecord.reportName(site, ".json"));
            if (Files.exists(file)) {
                reports.put(urls[site], Files.readString(file));
            }
        }
        return reports;
    }

    /** The scores of the sites that have one, by URL. */
    Map<String, Integer> scoresByUrl() {
        Map<String, Integer> known = new LinkedHashMap<>();
        for (int site = 0; site < urls.length; site++) {
            if (scores[site] >= 0) {
                known.put(urls[site], scores[site]);
            }
        }
        return known;
    }

    /** The whole record; without details where the file is gone or cannot be read. */
    public BuildRecord getRecord() {
        try {
            return BuildRecordJson.read(Files.readString(folder().resolve(RECORD)));
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.FINE, e, () -> "no record of " + id + " in " + run);
            return withoutDetails();
        }
    }

    private BuildRecord withoutDetails() {
        java.util.ArrayList<SiteRecord> sites = new java.util.ArrayList<>();
        for (int site = 0; site < urls.length; site++) {
            sites.add(new SiteRecord(
                    urls[site],
                    scores[site] < 0 ? Messages.notScanned() : "",
                    grades[site],
                    scores[site],
                    complete,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of()));
        }
        return new BuildRecord(sites, List.of(), List.of(), Map.of());
    }

    /** One site's report; null where there is none. */
    public @Nullable SiteView getPage(int site) {
        try {
            return new SiteView(
                    ReportJsonReader.read(Files.readString(folder().resolve(BuildRecord.reportName(site, ".json")))));
        } catch (IOException | ReportJsonReader.InvalidReportException e) {
            LOGGER.log(Level.FINE, e, () -> "no report " + site + " of " + id + " in " + run);
            return null;
        }
    }

    /** The grade that speaks for all sites; empty when none has one. */
    public String getGrade() {
        return worst().map(site -> grades[site]).orElse("");
    }

    /** The score that speaks for all sites; null when none has one. */
    public @Nullable Integer getScore() {
        return worst().map(site -> scores[site]).orElse(null);
    }

    private Optional<Integer> worst() {
        return java.util.stream.IntStream.range(0, scores.length)
                .filter(site -> scores[site] >= 0)
                .boxed()
                .min(java.util.Comparator.comparingInt(site -> scores[site]));
    }

    public boolean isComplete() {
        return complete;
    }

    public String getOutcome() {
        return outcome;
    }

    /** For style sheets: what a grade looks like. */
    public String colour(String grade) {
        return switch (grade) {
            case "A+", "A" -> "good";
            case "B", "C", "D" -> "fair";
            case "" -> "none";
            default -> "bad";
        };
    }

    /** Absolute when Jenkins knows its own address. */
    public String getReportUrl() {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "" : root) + owner().getUrl() + id + "/";
    }

    public Run<?, ?> getRun() {
        return owner();
    }

    /** The report as a page of its own. */
    public void doHtml(StaplerResponse2 response, @QueryParameter int site) throws IOException {
        serve(response, BuildRecord.reportName(site, ".html"), "text/html");
    }

    /** The report for machines. */
    public void doJson(StaplerResponse2 response, @QueryParameter int site) throws IOException {
        serve(response, BuildRecord.reportName(site, ".json"), "application/json");
    }

    private void serve(StaplerResponse2 response, String name, String type) throws IOException {
        Path file = folder().resolve(name);
        if (!Files.isRegularFile(file)) {
            response.sendError(404);
            return;
        }
        for (String policy : List.of("Content-Security-Policy", "X-Content-Security-Policy", "X-WebKit-CSP")) {
            response.setHeader(policy, REPORT_POLICY);
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType(type + "; charset=utf-8");
        Files.copy(file, response.getOutputStream());
    }

    @Override
    public void buildEnvironment(Run<?, ?> build, EnvVars variables) {
        variables.overrideAll(ScanStepResult.environment(withoutDetails(), getReportUrl()));
    }

    private Path folder() {
        return owner().getRootDir().toPath().resolve(id);
    }

    private Run<?, ?> owner() {
        Run<?, ?> known = run;
        if (known == null) {
            throw new IllegalStateException("not attached to a build yet");
        }
        return known;
    }

    @Override
    public void onAttached(Run<?, ?> build) {
        run = build;
    }

    @Override
    public void onLoad(Run<?, ?> build) {
        run = build;
    }

    @Override
    public String getIconFileName() {
        return "symbol-websentry plugin-websentry";
    }

    @Override
    public String getDisplayName() {
        return urls.length == 1 ? Messages.reportOf(urls[0]) : Messages.report(urls.length);
    }

    @Override
    public String getUrlName() {
        return id;
    }
}
