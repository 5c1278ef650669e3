package io.jenkins.plugins.websentry;

import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import dev.websentry.engine.job.Option;
import dev.websentry.jenkins.ConnectionTest;
import dev.websentry.jenkins.FieldValidation;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The global configuration: the default server with its API key, and how long reports are kept. */
@Extension
@Symbol("websentry")
public final class WebSentryGlobalConfiguration extends GlobalConfiguration {
    private @Nullable String server;
    private @Nullable String credentialsId;
    private @Nullable Integer keepReports;

    public WebSentryGlobalConfiguration() {
        load();
    }

    static WebSentryGlobalConfiguration get() {
        return ExtensionList.lookupSingleton(WebSentryGlobalConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return "WebSentry";
    }

    public @Nullable String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(@Nullable String server) {
        this.server = Util.fixEmptyAndTrim(server);
        save();
    }

    public @Nullable String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@Nullable String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        save();
    }

    /** Returns how many builds of a job keep their reports; null for all builds. */
    public @Nullable Integer getKeepReports() {
        return keepReports;
    }

    @DataBoundSetter
    public void setKeepReports(@Nullable Integer keepReports) {
        this.keepReports = keepReports == null || keepReports < 1 ? null : keepReports;
        save();
    }

    @POST
    public FormValidation doCheckServer(@QueryParameter String value) {
        return DescriptorForms.check(null, () -> FieldValidation.of(Option.SERVER, value));
    }

    /**
     * Tests whether the server accepts the API key. Only for administrators, because the controller connects to any
     * address.
     */
    @POST
    public FormValidation doTestConnection(@QueryParameter String server, @QueryParameter String credentialsId) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (!RemoteServerConfig.isServer(server)) {
            return FormValidation.error(Messages.noServer());
        }
        try {
            String key = RemoteServerConfig.globalKey(credentialsId, server);
            return DescriptorForms.result(ConnectionTest.ofServer(
                    server.strip(), key, StepCredentials.proxyOfJenkins().orElse(null)));
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId, @QueryParameter String server) {
        StandardListBoxModel items = new StandardListBoxModel();
        return DescriptorForms.mayListCredentials(null)
                ? DescriptorForms.credentials(items, null, server, StringCredentials.class, credentialsId)
                : items.includeCurrentValue(credentialsId);
    }
}
