package io.jenkins.plugins.websentry;

import dev.websentry.jenkins.TrendChart;
import edu.hm.hafner.echarts.JacksonFacade;
import edu.hm.hafner.echarts.line.LineSeries;
import edu.hm.hafner.echarts.line.LineSeries.FilledMode;
import edu.hm.hafner.echarts.line.LineSeries.StackedMode;
import edu.hm.hafner.echarts.line.LinesChartModel;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.echarts.AsyncTrendChart;
import io.jenkins.plugins.echarts.JenkinsPalette;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.bind.JavaScriptMethod;

/** The chart of scores on the page of a job, and the link to the newest report. */
public final class WebSentryTrendAction implements Action, AsyncTrendChart {
    private static final int MAX_BUILDS = 50;
    private static final int MAX_SCORE = 100;

    private final Job<?, ?> job;

    WebSentryTrendAction(Job<?, ?> job) {
        this.job = job;
    }

    /** Returns the data for the script of the page, which draws the chart. */
    @JavaScriptMethod
    @Override
    public String getBuildTrendModel() {
        return new JacksonFacade().toJson(model());
    }

    LinesChartModel model() {
        TrendChart trend = TrendChart.of(points());
        LinesChartModel model = new LinesChartModel(trend.labels(), trend.numbers());
        trend.lines().forEach((url, scores) -> {
            String color = JenkinsPalette.chartColor(model.getSeries().size()).normal();
            model.addSeries(new LineSeries(url, color, StackedMode.SEPARATE_LINES, FilledMode.LINES, scores));
        });
        model.setRangeMin(0);
        model.setRangeMax(MAX_SCORE);
        return model;
    }

    private List<TrendChart.BuildScores> points() {
        List<TrendChart.BuildScores> points = new ArrayList<>();
        int count = 0;
        for (Run<?, ?> run = job.getLastBuild(); run != null && count < MAX_BUILDS; run = run.getPreviousBuild()) {
            count++;
            Map<String, Integer> scores = new LinkedHashMap<>();
            run.getActions(WebSentryAction.class).forEach(action -> scores.putAll(action.scoresByUrl()));
            if (!scores.isEmpty()) {
                points.add(new TrendChart.BuildScores(run.getNumber(), run.getDisplayName(), scores));
            }
        }
        return points;
    }

    /** A chart needs at least two builds. */
    @Override
    public boolean isTrendVisible() {
        return points().size() > 1;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** Redirects to the newest report. */
    public HttpResponse doIndex() {
        Run<?, ?> run = newest(job);
        return run == null
                ? HttpResponses.notFound()
                : new HttpRedirect("../" + run.getNumber() + "/" + getUrlName() + "/");
    }

    private static @Nullable Run<?, ?> newest(Job<?, ?> job) {
        int count = 0;
        for (Run<?, ?> run = job.getLastBuild(); run != null && count < MAX_BUILDS; run = run.getPreviousBuild()) {
            count++;
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
}
