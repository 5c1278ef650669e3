package io.jenkins.plugins.websentry;

import dev.websentry.jenkins.BuildRecord;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Result;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The Freestyle build step, around the same settings as the Pipeline step. */
public final class WebSentryBuilder extends Builder {
    private final WebSentryStep scan;

    @DataBoundConstructor
    public WebSentryBuilder(WebSentryStep scan) {
        this.scan = scan;
    }

    public WebSentryStep getScan() {
        return scan;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        FilePath workspace = build.getWorkspace();
        if (workspace == null) {
            throw new AbortException(Messages.noWorkspace());
        }
        EnvVars variables = build.getEnvironment(listener);
        variables.overrideAll(build.getBuildVariables());
        BuildRecord record = new ScanStepRunner(scan, build, listener, variables::expand)
                .perform(workspace, variables)
                .record();
        switch (record.outcome()) {
            case FAILURE -> throw new AbortException(record.message());
            case UNSTABLE -> {
                listener.getLogger().println("UNSTABLE: " + record.message());
                build.setResult(Result.UNSTABLE);
            }
            case SUCCESS -> {}
        }
        return true;
    }

    /** The symbol is not the Pipeline step's name, so that neither hides the other. */
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
