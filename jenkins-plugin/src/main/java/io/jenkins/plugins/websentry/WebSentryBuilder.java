package io.jenkins.plugins.websentry;

import dev.websentry.jenkins.BuildRecord;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.io.IOException;
import java.util.function.UnaryOperator;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The Freestyle build step, with the same settings as the Pipeline step. */
public final class WebSentryBuilder extends Builder implements SimpleBuildStep {
    private final WebSentryStep scan;

    @DataBoundConstructor
    public WebSentryBuilder(WebSentryStep scan) {
        this.scan = scan;
    }

    public WebSentryStep getScan() {
        return scan;
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars environment, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        EnvVars variables = new EnvVars(environment);
        UnaryOperator<String> expansion = text -> text;
        if (run instanceof AbstractBuild<?, ?> build) {
            variables.overrideAll(build.getBuildVariables());
            expansion = variables::expand;
        }
        BuildRecord record = new ScanStepRunner(scan, run, listener, expansion)
                .perform(workspace, variables)
                .record();
        switch (record.outcome()) {
            case FAILURE -> {
                if (scan.isFailBuild()) {
                    throw new AbortException(record.message());
                }
                listener.getLogger().println(Messages.notFailed(record.message()));
            }
            case UNSTABLE -> {
                listener.getLogger().println("UNSTABLE: " + record.message());
                run.setResult(Result.UNSTABLE);
            }
            case SUCCESS -> {}
        }
    }

    /** The descriptor. Its symbol differs from the name of the Pipeline step, so that neither hides the other. */
    @Extension
    @Symbol("websentryBuilder")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> type) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return Messages.step();
        }
    }
}
