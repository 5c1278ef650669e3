package io.jenkins.plugins.websentry;

import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.job.Option;
import dev.websentry.jenkins.ConnectionTest;
import dev.websentry.jenkins.FieldValidation;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of the step: lists to select from, and validation. */
public abstract class SettingsDescriptor extends StepDescriptor {
    /** Returns a list as lines, for the form. */
    public String lines(@Nullable List<String> values) {
        return LineSplitter.join(values);
    }

    /**
     * Creates the step from the arguments of a script. Accepts one text with commas for a list. An unknown name and a
     * wrong type are errors of one line.
     */
    @Override
    public Step newInstance(Map<String, Object> arguments) throws Exception {
        return super.newInstance(StepArguments.normalize(arguments));
    }

    @POST
    public FormValidation doCheckUrl(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.URL, value));
    }

    @POST
    public FormValidation doCheckUrls(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return DescriptorForms.check(item, () -> FieldValidation.of(Option.URLS, LineSplitter.split(List.of(value))));
    }

    @POST
    public FormValidation doCheckUnstableBelow(
            @AncestorInPath @Nullable Item item, @QueryParameter String value, @QueryParameter String failBelow) {
        return DescriptorForms.check(item, () -> FieldValidation.unstableBelow(value, failBelow));
    }

    @POST
    public FormValidation doCheckServer(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        return value.strip().equals(RemoteServerConfig.AGENT)
                ? FormValidation.ok()
                : DescriptorForms.check(item, () -> FieldValidation.of(Option.SERVER, value));
    }

    /**
     * Tests from the controller whether the sites, or the server that scans them, can be connected to. Users who are no
     * administrators can test public addresses only, so that they cannot examine the controller's network.
     */
    @POST
    public FormValidation doTestConnection(
            @AncestorInPath @Nullable Item item,
            @QueryParameter String url,
            @QueryParameter String urls,
            @QueryParameter String server) {
        boolean isAdministrator = Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        } else {
            item.checkPermission(Item.CONFIGURE);
        }
        List<String> tested = RemoteServerConfig.isServer(server)
                ? List.of(server)
                : LineSplitter.split(List.of(Util.fixNull(url), Util.fixNull(urls)));
        return DescriptorForms.result(
                ConnectionTest.ofSites(tested, StepCredentials.proxyOfJenkins().orElse(null), isAdministrator));
    }

    @POST
    public ListBoxModel doFillFailBelowItems() {
        return grades(Messages.defaultGrade());
    }

    @POST
    public ListBoxModel doFillUnstableBelowItems() {
        return grades(Messages.neverUnstable());
    }

    /** Lists the credentials; users without permission see only the current one. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath @Nullable Item item, @QueryParameter String credentialsId, @QueryParameter String server) {
        StandardListBoxModel items = new StandardListBoxModel();
        return DescriptorForms.mayListCredentials(item)
                ? DescriptorForms.credentials(items, item, server, StringCredentials.class, credentialsId)
                : items.includeCurrentValue(credentialsId);
    }

    private static ListBoxModel grades(String unset) {
        ListBoxModel items = new ListBoxModel(new ListBoxModel.Option(unset, ""));
        for (Grade grade : Grade.values()) {
            items.add(grade.label());
        }
        return items;
    }
}
