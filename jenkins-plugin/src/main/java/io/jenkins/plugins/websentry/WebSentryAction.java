package io.jenkins.plugins.websentry;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.engine.report.ReportJsonReader;
import dev.websentry.jenkins.AgentScanResult;
import dev.websentry.jenkins.BuildRecord;
import dev.websentry.jenkins.ReportArchive;
import dev.websentry.jenkins.ScanStepResult;
import dev.websentry.jenkins.SiteRecord;
import hudson.EnvVars;
import hudson.model.Action;
import hudson.model.BuildBadgeAction;
import hudson.model.EnvironmentContributingAction;
import hudson.model.HealthReport;
import hudson.model.HealthReportingAction;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import jenkins.tasks.SimpleBuildStep;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The result of one step on a build. {@code build.xml} contains only texts and numbers, for lists and charts; details
 * are in the files of {@link ReportArchive}. A build whose files were deleted still shows what is stored here.
 */
@ExportedBean
public final class WebSentryAction
        implements RunAction2,
                BuildBadgeAction,
                EnvironmentContributingAction,
                HealthReportingAction,
                SimpleBuildStep.LastBuildAction {
    private static final Logger LOGGER = Logger.getLogger(WebSentryAction.class.getName());

    private final String id;
    private final String outcome;
    private final boolean complete;
    private final String[] urls;
    private final String[] grades;
    /** Negative if the site has no grade. */
    private final int[] scores;
    /** Null in builds of version 0.1. */
    private final boolean @Nullable [] passed;

    private transient @Nullable Run<?, ?> run;

    private WebSentryAction(String id, Run<?, ?> run, BuildRecord record) {
        this.id = id;
        this.run = run;
        this.outcome = record.outcome().name();
        this.complete = record.complete();
        List<SiteRecord> sites = record.sites();
        this.urls = sites.stream().map(SiteRecord::url).toArray(String[]::new);
        this.grades = sites.stream().map(SiteRecord::grade).toArray(String[]::new);
        this.scores = new int[sites.size()];
        this.passed = new boolean[sites.size()];
        for (int site = 0; site < scores.length; site++) {
            scores[site] = sites.get(site).isGraded() ? sites.get(site).score() : -1;
            passed[site] = sites.get(site).isPassed();
        }
    }

    /** Stores a result in the build. Steps that run concurrently get different folders. */
    static WebSentryAction attach(Run<?, ?> run, AgentScanResult result) throws IOException {
        WebSentryAction action;
        synchronized (run) {
            int existing = run.getActions(WebSentryAction.class).size();
            String id = existing == 0 ? "websentry" : "websentry-" + (existing + 1);
            action = new WebSentryAction(id, run, result.record());
            run.addAction(action);
        }
        action.archive().write(result);
        run.save();
        return action;
    }

    /**
     * Returns the reports of this build that later builds may be compared with, by URL.
     *
     * @param known the URLs that have a baseline already
     */
    Map<String, String> baselineCandidates(Set<String> known) throws IOException {
        Map<String, String> reports = new LinkedHashMap<>();
        List<SiteRecord> sites = getRecord().sites();
        for (int site = 0; site < sites.size(); site++) {
            SiteRecord found = sites.get(site);
            if (found.isGraded() && !known.contains(found.url()) && !found.gate().hasRegression()) {
                Optional<String> report = archive().report(site);
                report.ifPresent(json -> reports.put(found.url(), json));
            }
        }
        return reports;
    }

    void deleteReports() throws IOException {
        archive().deleteReports();
    }

    /** Returns the scores of the sites that have one, by URL. */
    Map<String, Integer> scoresByUrl() {
        Map<String, Integer> known = new LinkedHashMap<>();
        for (int site = 0; site < urls.length; site++) {
            if (scores[site] >= 0) {
                known.put(urls[site], scores[site]);
            }
        }
        return known;
    }

    /** Returns the complete record, or one without details if the file was deleted or cannot be read. */
    public BuildRecord getRecord() {
        try {
            return archive().record();
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.FINE, e, () -> "no record of " + id + " in " + run);
            return withoutDetails();
        }
    }

    private BuildRecord withoutDetails() {
        List<SiteRecord> sites = new ArrayList<>();
        for (int site = 0; site < urls.length; site++) {
            GateResult gate = new GateResult(Math.max(0, scores[site]), List.of(), List.of(), List.of());
            sites.add(
                    scores[site] < 0
                            ? SiteRecord.failed(urls[site], Messages.notScanned())
                            : new SiteRecord(urls[site], "", grades[site], scores[site], complete, gate, List.of()));
        }
        return new BuildRecord(sites, List.of(), List.of());
    }

    /** Returns all sites for the table: those that could not be scanned first, then the lowest scores. */
    public List<SiteSummary> getSites() {
        List<SiteSummary> sites = new ArrayList<>();
        for (int site = 0; site < urls.length; site++) {
            boolean graded = scores[site] >= 0;
            sites.add(new SiteSummary(
                    site + 1,
                    urls[site],
                    graded ? grades[site] : "",
                    graded ? scores[site] : null,
                    passed == null ? null : passed[site]));
        }
        sites.sort(Comparator.comparingInt(site -> site.score() == null ? -1 : site.score()));
        return sites;
    }

    @Exported(name = "sites", inline = true)
    public List<SiteSummary> getExportedSites() {
        return getSites();
    }

    /**
     * Returns the page of one site; used by Stapler for {@code site/<number>/}.
     *
     * @param number the number of the site in the step, from 1
     * @return null if there is no such site
     */
    public @Nullable SiteView getSite(int number) {
        List<SiteRecord> sites = getRecord().sites();
        if (number < 1 || number > sites.size()) {
            return null;
        }
        try {
            Optional<String> json = archive().report(number - 1);
            return new SiteView(
                    this,
                    number,
                    sites.get(number - 1),
                    json.isPresent() ? ReportJsonReader.read(json.get()) : null);
        } catch (IOException | ReportJsonReader.InvalidReportException e) {
            LOGGER.log(Level.FINE, e, () -> "no report of site " + number + " of " + id + " in " + run);
            return new SiteView(this, number, sites.get(number - 1), null);
        }
    }

    /** Returns the lowest grade of all sites; empty if no site has one. */
    @Exported
    public String getGrade() {
        return worst().map(site -> grades[site]).orElse("");
    }

    /** Returns the lowest score of all sites; null if no site has one. */
    @Exported
    public @Nullable Integer getScore() {
        return worst().map(site -> scores[site]).orElse(null);
    }

    private Optional<Integer> worst() {
        return IntStream.range(0, scores.length)
                .filter(site -> scores[site] >= 0)
                .boxed()
                .min(Comparator.comparingInt(site -> scores[site]));
    }

    @Exported
    public boolean isComplete() {
        return complete;
    }

    @Exported
    public String getOutcome() {
        return outcome;
    }

    /** Returns the part of the CSS class that stands for a grade. */
    public String cssClass(String grade) {
        return ReportColor.ofGradeLabel(grade).cssClass();
    }

    /** Returns the URL of the report; absolute if the URL of Jenkins is configured. */
    @Exported
    public String getReportUrl() {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "" : root) + owner().getUrl() + id + "/";
    }

    public Run<?, ?> getRun() {
        return owner();
    }

    @Override
    public @Nullable HealthReport getBuildHealth() {
        Integer score = getScore();
        return score == null ? null : new HealthReport(score, Messages._health(getGrade(), score));
    }

    /** Returns the chart of the job; only once if a build has several steps. */
    @Override
    public Collection<? extends Action> getProjectActions() {
        boolean first = owner().getActions(WebSentryAction.class).get(0).id.equals(id);
        return first ? List.of(new WebSentryTrendAction(owner().getParent())) : List.of();
    }

    @Override
    public void buildEnvironment(Run<?, ?> build, EnvVars variables) {
        variables.overrideAll(ScanStepResult.environment(withoutDetails(), getReportUrl()));
    }

    private ReportArchive archive() {
        return new ReportArchive(owner().getRootDir().toPath().resolve(id));
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
