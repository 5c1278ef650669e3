package io.jenkins.plugins.websentry;

import dev.websentry.jenkins.BuildRecord;
import dev.websentry.jenkins.ScanStepResult;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/**
 * One call of {@code websentryScan}. Aborting it interrupts the scan; a controller that restarts in the middle ends it, as a
 * scan that nobody watched has no result.
 */
final class WebSentryStepExecution extends SynchronousNonBlockingStepExecution<Map<String, Serializable>> {
    private static final long serialVersionUID = 1L;

    private final WebSentryStep step;

    WebSentryStepExecution(WebSentryStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected Map<String, Serializable> run() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        // Groovy has put its variables in already; a second time could change what the script meant.
        FinishedScan scan = new ScanStepRunner(step, run, listener, text -> text)
                .perform(getContext().get(FilePath.class), getContext().get(EnvVars.class));
        BuildRecord record = scan.record();
        switch (record.outcome()) {
            case FAILURE -> throw new AbortException(record.message());
            case UNSTABLE -> {
                listener.getLogger().println("UNSTABLE: " + record.message());
                getContext()
                        .get(FlowNode.class)
                        .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(record.message()));
                run.setResult(Result.UNSTABLE);
            }
            case SUCCESS -> {}
        }
        return ScanStepResult.of(record, scan.reportUrl());
    }
}
