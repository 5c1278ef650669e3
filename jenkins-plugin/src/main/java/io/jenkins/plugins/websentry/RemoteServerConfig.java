package io.jenkins.plugins.websentry;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.model.Run;
import hudson.security.ACL;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;

/**
 * The server that scans instead of the agent.
 *
 * @param url the base URL; empty if the agent scans
 * @param apiKey the API key; empty for anonymous requests
 */
record RemoteServerConfig(String url, String apiKey) {
    /** The setting of a step that scans from the agent although the global configuration has a server. */
    static final String AGENT = "none";

    /**
     * Returns the server of the step, or the one of the global configuration. The global credentials are sent only to
     * the global server: a job must not be able to send them elsewhere.
     */
    static RemoteServerConfig of(WebSentryStep step, Run<?, ?> run, UnaryOperator<String> variables) throws AbortException {
        String own = step.getServer() == null ? "" : variables.apply(step.getServer());
        if (own.equals(AGENT)) {
            return new RemoteServerConfig("", "");
        }
        WebSentryGlobalConfiguration global = WebSentryGlobalConfiguration.get();
        String url = own.isEmpty() ? text(global.getServer()) : own;
        if (url.isEmpty()) {
            if (step.getCredentialsId() != null) {
                throw new AbortException(Messages.credentialsWithoutServer());
            }
            return new RemoteServerConfig("", "");
        }
        if (step.getCredentialsId() != null) {
            return new RemoteServerConfig(url, ofJob(step.getCredentialsId(), run, url));
        }
        boolean isDefault = url.equals(text(global.getServer()));
        return new RemoteServerConfig(
                url, isDefault && global.getCredentialsId() != null ? ofJenkins(global.getCredentialsId(), url) : "");
    }

    /** Returns whether the field of a form contains a server. */
    static boolean isServer(@Nullable String field) {
        String text = text(field).strip();
        return !text.isEmpty() && !text.equals(AGENT);
    }

    /** Returns the secret of global credentials; empty if no credentials are selected. */
    static String globalKey(@Nullable String id, String url) throws AbortException {
        return text(id).isEmpty() ? "" : ofJenkins(text(id), url);
    }

    private static String ofJob(String id, Run<?, ?> run, String url) throws AbortException {
        StringCredentials found =
                CredentialsProvider.findCredentialById(id, StringCredentials.class, run, requirements(url));
        if (found == null) {
            throw new AbortException(Messages.noSecretText(id));
        }
        CredentialsProvider.track(run, found);
        return found.getSecret().getPlainText();
    }

    private static String ofJenkins(String id, String url) throws AbortException {
        Optional<StringCredentials> found = CredentialsProvider.lookupCredentialsInItemGroup(
                        StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements(url))
                .stream()
                .filter(CredentialsMatchers.withId(id)::matches)
                .findFirst();
        return found.orElseThrow(() -> new AbortException(Messages.noSecretText(id)))
                .getSecret()
                .getPlainText();
    }

    private static List<DomainRequirement> requirements(String url) {
        return URIRequirementBuilder.fromUri(url).build();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
