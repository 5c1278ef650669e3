package io.jenkins.plugins.websentry;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import dev.websentry.jenkins.ConnectionTest;
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

/** Validation and credentials lists of the forms, with their permission checks. */
final class DescriptorForms {
    private DescriptorForms() {}

    /** Validates a field; users without permission to configure get no result. */
    static FormValidation check(@Nullable Item item, Supplier<Optional<String>> problem) {
        boolean allowed =
                item == null ? Jenkins.get().hasPermission(Jenkins.MANAGE) : item.hasPermission(Item.CONFIGURE);
        return allowed ? problem.get().map(FormValidation::error).orElseGet(FormValidation::ok) : FormValidation.ok();
    }

    /** Shows the result of a connection test. */
    static FormValidation result(ConnectionTest test) {
        return test.problems().isEmpty()
                ? FormValidation.ok(Messages.connected(String.join("; ", test.connected())))
                : FormValidation.error(String.join("; ", test.problems()));
    }

    /** Returns whether the user may list credentials. */
    static boolean mayListCredentials(@Nullable Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /** Lists the credentials of a type that a build of the item can use. */
    static ListBoxModel credentials(
            StandardListBoxModel items,
            @Nullable Item item,
            String url,
            Class<? extends StandardCredentials> type,
            String current) {
        Authentication user = item instanceof Queue.Task task ? task.getDefaultAuthentication2() : ACL.SYSTEM2;
        return items.includeEmptyValue()
                .includeMatchingAs(
                        user, item, type, URIRequirementBuilder.fromUri(url).build(), CredentialsMatchers.always())
                .includeCurrentValue(current);
    }
}
