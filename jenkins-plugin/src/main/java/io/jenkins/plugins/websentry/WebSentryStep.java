package io.jenkins.plugins.websentry;

import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.job.Option;
import dev.websentry.jenkins.ScanSettings;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The Pipeline step {@code websentryScan}. The Freestyle step contains one, so that both have the same settings. */
public final class WebSentryStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private @Nullable String url;
    private List<String> urls = new ArrayList<>();
    private @Nullable String failBelow;
    private @Nullable String unstableBelow;
    private boolean failOnRegression = GateConditions.DEFAULT_FAIL_ON_REGRESSION;
    private boolean failOnIncomplete = GateConditions.DEFAULT_FAIL_ON_INCOMPLETE;
    private boolean failBuild = true;
    private @Nullable String waivers;
    private @Nullable String server;
    private @Nullable String credentialsId;
    private @Nullable AdvancedOptions options;

    /**
     * Creates a step. The parameter makes {@code websentryScan 'https://...'} possible in scripts; its setter makes it
     * optional, because {@code urls} can replace it.
     */
    @DataBoundConstructor
    public WebSentryStep(@Nullable String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new WebSentryStepExecution(this, context);
    }

    /** Returns the settings without secrets, baselines and server. */
    ScanSettings settings() {
        ScanSettings settings = new ScanSettings()
                .set(Option.URL, url)
                .set(Option.URLS, urls)
                .set(Option.FAIL_BELOW, failBelow)
                .set(Option.FAIL_ON_INCOMPLETE, Boolean.toString(failOnIncomplete))
                .set(Option.WAIVERS, waivers)
                .unstableBelow(unstableBelow)
                .failOnRegression(failOnRegression);
        if (options != null) {
            options.addTo(settings);
        }
        return settings;
    }

    public @Nullable String getUrl() {
        return url;
    }

    @DataBoundSetter
    public void setUrl(@Nullable String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    public List<String> getUrls() {
        return urls;
    }

    @DataBoundSetter
    public void setUrls(List<String> urls) {
        this.urls = LineSplitter.split(urls);
    }

    public @Nullable String getFailBelow() {
        return failBelow;
    }

    @DataBoundSetter
    public void setFailBelow(@Nullable String failBelow) {
        this.failBelow = Util.fixEmptyAndTrim(failBelow);
    }

    public @Nullable String getUnstableBelow() {
        return unstableBelow;
    }

    @DataBoundSetter
    public void setUnstableBelow(@Nullable String unstableBelow) {
        this.unstableBelow = Util.fixEmptyAndTrim(unstableBelow);
    }

    public boolean isFailOnRegression() {
        return failOnRegression;
    }

    @DataBoundSetter
    public void setFailOnRegression(boolean failOnRegression) {
        this.failOnRegression = failOnRegression;
    }

    public boolean isFailOnIncomplete() {
        return failOnIncomplete;
    }

    @DataBoundSetter
    public void setFailOnIncomplete(boolean failOnIncomplete) {
        this.failOnIncomplete = failOnIncomplete;
    }

    public boolean isFailBuild() {
        return failBuild;
    }

    /** Sets whether a failed quality gate or a failed scan fails the build. */
    @DataBoundSetter
    public void setFailBuild(boolean failBuild) {
        this.failBuild = failBuild;
    }

    public @Nullable String getWaivers() {
        return waivers;
    }

    @DataBoundSetter
    public void setWaivers(@Nullable String waivers) {
        this.waivers = Util.fixEmptyAndTrim(waivers);
    }

    public @Nullable String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(@Nullable String server) {
        this.server = Util.fixEmptyAndTrim(server);
    }

    public @Nullable String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@Nullable String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public @Nullable AdvancedOptions getOptions() {
        return options;
    }

    @DataBoundSetter
    public void setOptions(@Nullable AdvancedOptions options) {
        this.options = options;
    }

    /** The descriptor, with the name and the required context of the step. */
    @Extension
    public static final class DescriptorImpl extends SettingsDescriptor {
        @Override
        public String getFunctionName() {
            return "websentryScan";
        }

        @Override
        public String getDisplayName() {
            return Messages.step();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, TaskListener.class, EnvVars.class, FlowNode.class);
        }
    }
}
