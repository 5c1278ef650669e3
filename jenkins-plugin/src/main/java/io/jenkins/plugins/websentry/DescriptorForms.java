package io.jenkins.plugins.websentry;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.Optional;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** What every form of this plugin does, permissions first. */
final class DescriptorForms {
    private DescriptorForms() {}

    /** Whoever may not configure gets no answer. */
    static FormValidation check(@Nullable Item item, Supplier<Optional<String>> problem) {
        boolean allowed =
                item == null ? Jenkins.get().hasPermission(Jenkins.MANAGE) : item.hasPermission(Item.CONFIGURE);
        return allowed ? problem.get().map(FormValidation::error).orElseGet(FormValidation::ok) : FormValidation.ok();
    }

    static boolean mayListCredentials(@Nullable Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /** The credentials of that kind that a build of the item could use. */
    static ListBoxModel credentials(
            StandardListBoxModel items,
            @Nullable Item item,
            String url,
            Class<? extends StandardCredentials> kind,
            String current) {
        Authentication who = item instanceof Queue.Task task ? task.getDefaultAuthentication2() : ACL.SYSTEM2;
        return items.includeEmptyValue()
                .includeMatchingAs(
                        who, item, kind, URIRequirementBuilder.fromUri(url).build(), CredentialsMatchers.always())
                .includeCurrentValue(current);
    }
}
