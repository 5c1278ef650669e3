package io.jenkins.plugins.websentry;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Run;
import hudson.views.ListViewColumn;
import hudson.views.ListViewColumnDescriptor;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;

/** A column of list views with the grade of the last completed build. */
public final class WebSentryColumn extends ListViewColumn {
    @DataBoundConstructor
    public WebSentryColumn() {
        // The column has no settings.
    }

    /** Returns the result of the last completed build; null if it did not scan. Loads no other build. */
    public @Nullable WebSentryAction action(Job<?, ?> job) {
        Run<?, ?> run = job.getLastCompletedBuild();
        return run == null ? null : run.getAction(WebSentryAction.class);
    }

    /** The descriptor. The column is not part of new views. */
    @Extension
    @Symbol("websentryColumn")
    public static final class DescriptorImpl extends ListViewColumnDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.column();
        }

        @Override
        public boolean shownByDefault() {
            return false;
        }
    }
}
