package io.jenkins.plugins.websentry;

import dev.websentry.jenkins.Trend;
import edu.hm.hafner.echarts.JacksonFacade;
import edu.hm.hafner.echarts.line.LineSeries;
import edu.hm.hafner.echarts.line.LineSeries.FilledMode;
import edu.hm.hafner.echarts.line.LineSeries.StackedMode;
import edu.hm.hafner.echarts.line.LinesChartModel;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.echarts.AsyncTrendChart;
import io.jenkins.plugins.echarts.JenkinsPalette;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.bind.JavaScriptMethod;

/** The scores of a job's builds as a chart on its page, and the way to the newest report. */
public final class WebSentryTrendAction implements Action, AsyncTrendChart {
    private static final int MOST_BUILDS = 50;
    private static final int HIGHEST_SCORE = 100;

    private final Job<?, ?> job;

    WebSentryTrendAction(Job<?, ?> job) {
        this.job = job;
    }

    /** For the page's script, which draws it. */
    @JavaScriptMethod
    @Override
    public String getBuildTrendModel() {
        return new JacksonFacade().toJson(model());
    }

    LinesChartModel model() {
        TrendChart trend = TrendChart.of(points());
        LinesChartModel model = new LinesChartModel(trend.labels(), trend.numbers());
        trend.lines().forEach((url, scores) -> {
            String colour = JenkinsPalette.chartColor(model.getSeries().size()).normal();
            model.addSeries(new LineSeries(url, colour, StackedMode.SEPARATE_LINES, FilledMode.LINES, scores));
        });
        model.setRangeMin(0);
        model.setRangeMax(HIGHEST_SCORE);
        return model;
    }

    private List<TrendChart.Point> points() {
        List<TrendChart.Point> points = new ArrayList<>();
        int looked = 0;
        for (Run<?, ?> run = job.getLastBuild(); run != null && looked < MOST_BUILDS; run = run.getPreviousBuild()) {
            looked++;
            Map<String, Integer> scores = new LinkedHashMap<>();
            run.getActions(WebSentryAction.class).forEach(action -> scores.putAll(action.scoresByUrl()));
            if (!scores.isEmpty()) {
                points.add(new TrendChart.Point(run.getNumber(), run.getDisplayName(), scores));
            }
        }
        return points;
    }

    /** One point is no trend. */
    @Override
    public boolean isTrendVisible() {
        return points().size() > 1;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** The newest build's report. */
    public HttpResponse doIndex() {
        Run<?, ?> run = newest(job);
        return run == null
                ? HttpResponses.notFound()
                : new HttpRedirect("../" + run.getNumber() + "/" + getUrlName() + "/");
    }

    private static @org.jspecify.annotations.Nullable Run<?, ?> newest(Job<?, ?> job) {
        int looked = 0;
        for (Run<?, ?> run = job.getLastBuild(); run != null && looked < MOST_BUILDS; run = run.getPreviousBuild()) {
            looked++;
            if (run.getAction(WebSentryAction.class) != null) {
                return run;
            }
        }
        return null;
    }

    @Override
    public String getIconFileName() {
        return "symbol-websentry plugin-websentry";
    }

    @Override
    public String getDisplayName() {
        return Messages.trend();
    }

    @Override
    public String getUrlName() {
        return "websentry";
    }

    /** Every job one of whose last builds was scanned has a trend, whether or not a build ever passed. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job job) {
            Job<?, ?> known = job;
            return newest(known) == null ? List.of() : List.of(new WebSentryTrendAction(known));
        }
    }
}
