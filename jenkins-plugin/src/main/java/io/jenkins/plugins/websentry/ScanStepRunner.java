package io.jenkins.plugins.websentry;

import dev.websentry.engine.job.Option;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.jenkins.AgentResultCodec;
import dev.websentry.jenkins.AgentScanResult;
import dev.websentry.jenkins.BuildRecord;
import dev.websentry.jenkins.InvalidAgentResultException;
import dev.websentry.jenkins.ScanSettings;
import dev.websentry.jenkins.WorkspaceScanner;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs either step: sends the settings to the agent and stores the result in the build. */
final class ScanStepRunner {
    private static final Logger LOGGER = Logger.getLogger(ScanStepRunner.class.getName());
    private static final int MAX_ERROR_LENGTH = 1_000;

    private final WebSentryStep step;
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final UnaryOperator<String> variables;

    /**
     * The result of a step that ran, whatever its outcome is.
     *
     * @param reportUrl the URL of the report in the build
     */
    record CompletedStep(BuildRecord record, String reportUrl) {}

    /** @param variables expands the variables of the build in a setting */
    ScanStepRunner(WebSentryStep step, Run<?, ?> run, TaskListener listener, UnaryOperator<String> variables) {
        this.step = step;
        this.run = run;
        this.listener = listener;
        this.variables = variables;
    }

    /**
     * Scans and stores the result in the build. The caller decides what the outcome means for the build.
     *
     * @param environment the environment of the step, including that of the agent
     * @throws AbortException if nothing was scanned; the message is one line
     */
    CompletedStep perform(FilePath workspace, EnvVars environment) throws IOException, InterruptedException {
        ScanSettings settings = step.settings().map(variables);
        RemoteServerConfig server = RemoteServerConfig.of(step, run, variables);
        settings.environment(environment);
        if (!server.url().isEmpty()) {
            settings.set(Option.SERVER, server.url()).apiKey(server.apiKey());
        }
        new StepCredentials(run).addTo(settings, step.getOptions());
        BaselineFinder.BaselineReports baselines = step.isFailOnRegression()
                ? BaselineFinder.before(run, settings.urls())
                : new BaselineFinder.BaselineReports(Map.of(), Set.of());
        AgentScanResult result;
        try (OutputFolders.ReservedFolder folder = OutputFolders.reserve(
                workspace, settings.first(Option.OUTPUT_DIRECTORY).orElse(null))) {
            if (!folder.path().equals(WorkspaceScanner.DEFAULT_FOLDER)) {
                settings.set(Option.OUTPUT_DIRECTORY, folder.path());
            }
            result = scan(workspace, settings, baselines.reports());
        }
        if (result.record().sites().isEmpty()) {
            throw new AbortException(result.record().message());
        }
        WebSentryAction action = WebSentryAction.attach(run, result);
        ReportRetention.apply(run, baselines.builds());
        listener.getLogger().println(Messages.reportAt(action.getReportUrl()));
        return new CompletedStep(result.record(), action.getReportUrl());
    }

    private AgentScanResult scan(FilePath workspace, ScanSettings settings, Map<String, String> baselines)
            throws AbortException, InterruptedException {
        try {
            workspace.mkdirs();
            Object received = workspace.act(new ScanCallable(settings, baselines, listener));
            return AgentResultCodec.decode(received);
        } catch (InvalidAgentResultException e) {
            throw new AbortException(e.getMessage());
        } catch (IOException | RuntimeException e) {
            // A lost agent, a full disk or a bug: one line for the console, the rest for the log of Jenkins.
            LOGGER.log(Level.WARNING, e, () -> "WebSentry scan of " + run + " failed");
            throw new AbortException(isLostAgent(e) ? agentLost(workspace) : Messages.scanFailed(oneLine(e)));
        }
    }

    private static boolean isLostAgent(Throwable failure) {
        return failure instanceof RequestAbortedException || failure instanceof ChannelClosedException;
    }

    private static String agentLost(FilePath workspace) {
        Computer computer = workspace.toComputer();
        return computer == null ? Messages.agentLost() : Messages.namedAgentLost(computer.getDisplayName());
    }

    private static String oneLine(Exception failure) {
        String text = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return TextSanitizer.singleLine(Excerpt.of(text, MAX_ERROR_LENGTH));
    }
}
