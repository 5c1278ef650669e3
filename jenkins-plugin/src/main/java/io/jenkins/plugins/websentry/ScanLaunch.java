package io.jenkins.plugins.websentry;

import dev.websentry.jenkins.RunRecord;
import dev.websentry.jenkins.ScanSettings;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One run of either step: settings to the agent, record into the build. */
final class ScanLaunch {
    private final WebSentryStep step;
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final UnaryOperator<String> variables;

    /** @param variables puts a build's variables into a setting */
    ScanLaunch(WebSentryStep step, Run<?, ?> run, TaskListener listener, UnaryOperator<String> variables) {
        this.step = step;
        this.run = run;
        this.listener = listener;
        this.variables = variables;
    }

    /**
     * Scans and keeps the result with the build; the caller says what the outcome means to it.
     *
     * @param environment of the step, with what the agent's own adds
     */
    FinishedScan perform(FilePath workspace, EnvVars environment) throws IOException, InterruptedException {
        workspace.mkdirs();
        ScanSettings settings = step.settings().map(variables);
        Map<String, String> baselines =
                step.isFailOnRegression() ? Baselines.before(run) : Map.of();
        RunRecord record = workspace.act(new AgentScan(settings, baselines, listener));
        if (record.sites().isEmpty()) {
            throw new AbortException(record.message());
        }
        WebSentryAction action = WebSentryAction.attach(run, record);
        listener.getLogger().println(Messages.reportAt(action.getReportUrl()));
        return new FinishedScan(record, action.getReportUrl());
    }
}
