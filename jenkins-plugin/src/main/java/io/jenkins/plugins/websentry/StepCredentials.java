package io.jenkins.plugins.websentry;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import dev.websentry.jenkins.JenkinsProxy;
import dev.websentry.jenkins.ScanSettings;
import hudson.AbortException;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.model.Run;
import hudson.util.Secret;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;

/** Adds the secrets to the settings of a step: its credentials, which the job must be allowed to use, and the proxy. */
final class StepCredentials {
    private final Run<?, ?> run;

    StepCredentials(Run<?, ?> run) {
        this.run = run;
    }

    void addTo(ScanSettings settings, @Nullable AdvancedOptions options) throws AbortException {
        proxyOfJenkins().ifPresent(settings::jenkinsProxy);
        if (options == null) {
            return;
        }
        if (options.getAuthCredentialsId() != null) {
            String id = options.getAuthCredentialsId();
            StandardUsernamePasswordCredentials found =
                    credential(id, StandardUsernamePasswordCredentials.class, Messages.noUserAndPassword(id));
            settings.auth(found.getUsername(), found.getPassword().getPlainText());
        }
        if (options.getHeadersCredentialsId() != null) {
            String id = options.getHeadersCredentialsId();
            settings.secretHeaders(secretText(id, Messages.noSecretHeaders(id)));
        }
        if (options.getClientKeyStoreCredentialsId() != null) {
            String id = options.getClientKeyStoreCredentialsId();
            settings.keyStorePassword(secretText(id, Messages.noKeyStorePassword(id)));
        }
    }

    private String secretText(String id, String missing) throws AbortException {
        return credential(id, StringCredentials.class, missing).getSecret().getPlainText();
    }

    /** Returns the proxy in the system configuration of Jenkins, if there is one. */
    static Optional<JenkinsProxy> proxyOfJenkins() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        return proxy == null || Util.fixEmptyAndTrim(proxy.getName()) == null
                ? Optional.empty()
                : Optional.of(JenkinsProxy.of(
                        proxy.getName().strip(),
                        proxy.getPort(),
                        Util.fixNull(proxy.getUserName()),
                        Secret.toString(proxy.getSecretPassword()),
                        Util.fixNull(proxy.getNoProxyHost())));
    }

    private <C extends StandardCredentials> C credential(String id, Class<C> type, String missing)
            throws AbortException {
        C found = CredentialsProvider.findCredentialById(id, type, run);
        if (found == null) {
            throw new AbortException(missing);
        }
        CredentialsProvider.track(run, found);
        return found;
    }
}
