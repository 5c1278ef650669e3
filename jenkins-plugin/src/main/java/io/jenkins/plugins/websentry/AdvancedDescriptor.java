package io.jenkins.plugins.websentry;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import dev.websentry.engine.job.Option;
import dev.websentry.jenkins.FieldValidation;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of the advanced options: lists to select from, and validation. */
public abstract class AdvancedDescriptor extends Descriptor<AdvancedOptions> {
    /** Returns a list as lines, for the form. */
    public String lines(@Nullable List<String> values) {
        return LineSplitter.join(values);
    }

    @POST
    public FormValidation doCheckMinScore(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.MIN_SCORE, value));
    }

    @POST
    public FormValidation doCheckCategoryMinimums(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.CATEGORY_MINIMUMS, value));
    }

    @POST
    public FormValidation doCheckFormats(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.FORMATS, LineSplitter.split(List.of(value))));
    }

    @POST
    public FormValidation doCheckWaitSeconds(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.WAIT_SECONDS, value));
    }

    @POST
    public FormValidation doCheckTimeoutSeconds(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.TIMEOUT_SECONDS, value));
    }

    @POST
    public FormValidation doCheckConnectTimeoutSeconds(
            @AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.CONNECT_TIMEOUT_SECONDS, value));
    }

    @POST
    public FormValidation doCheckParallelism(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.PARALLELISM, value));
    }

    @POST
    public FormValidation doCheckDnsServers(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.DNS_SERVERS, LineSplitter.split(List.of(value))));
    }

    @POST
    public FormValidation doCheckResolve(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.RESOLVE, LineSplitter.split(List.of(value))));
    }

    @POST
    public FormValidation doCheckRootStore(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.ROOT_STORE, value));
    }

    @POST
    public FormValidation doCheckHeaders(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.HEADERS, value));
    }

    @POST
    public FormValidation doCheckUserAgent(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.USER_AGENT, value));
    }

    @POST
    public FormValidation doCheckMailDomain(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.MAIL_DOMAIN, value));
    }

    @POST
    public FormValidation doCheckDkimSelectors(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.DKIM_SELECTORS, LineSplitter.split(List.of(value))));
    }

    @POST
    public FormValidation doCheckHttpPort(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.HTTP_PORT, value));
    }

    @POST
    public ListBoxModel doFillAuthCredentialsIdItems(
            @AncestorInPath @Nullable Item item, @QueryParameter String authCredentialsId) {
        return credentials(item, StandardUsernamePasswordCredentials.class, authCredentialsId);
    }

    @POST
    public ListBoxModel doFillClientKeyStoreCredentialsIdItems(
            @AncestorInPath @Nullable Item item, @QueryParameter String clientKeyStoreCredentialsId) {
        return credentials(item, StringCredentials.class, clientKeyStoreCredentialsId);
    }

    @POST
    public ListBoxModel doFillHeadersCredentialsIdItems(
            @AncestorInPath @Nullable Item item, @QueryParameter String headersCredentialsId) {
        return credentials(item, StringCredentials.class, headersCredentialsId);
    }

    private static ListBoxModel credentials(
            @Nullable Item item, Class<? extends StandardCredentials> type, String current) {
        StandardListBoxModel items = new StandardListBoxModel();
        return DescriptorForms.mayListCredentials(item)
                ? DescriptorForms.credentials(items, item, "", type, current)
                : items.includeCurrentValue(current);
    }
}
