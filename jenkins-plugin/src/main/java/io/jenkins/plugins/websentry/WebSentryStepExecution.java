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
 * The execution of {@code websentryScan}. Aborting it interrupts the scan. A restart of the controller ends the step,
 * because the result of the scan is lost.
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
        ScanStepRunner.CompletedStep completed;
        try {
            // The script has expanded its variables already; expanding again could change their values.
            completed = new ScanStepRunner(step, run, listener, text -> text)
                    .perform(getContext().get(FilePath.class), getContext().get(EnvVars.class));
        } catch (InterruptedException e) {
            // Pipeline prints the reason for the interruption; an AbortException adds one line and no stack trace.
            throw new AbortException(Messages.stopped());
        }
        BuildRecord record = completed.record();
        switch (record.outcome()) {
            case FAILURE -> {
                if (step.isFailBuild()) {
                    throw new AbortException(record.message());
                }
                listener.getLogger().println(Messages.notFailed(record.message()));
            }
            case UNSTABLE -> {
                listener.getLogger().println("UNSTABLE: " + record.message());
                getContext()
                        .get(FlowNode.class)
                        .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(record.message()));
                run.setResult(Result.UNSTABLE);
            }
            case SUCCESS -> {}
        }
        return ScanStepResult.of(record, completed.reportUrl());
    }
}
