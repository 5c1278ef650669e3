package io.jenkins.plugins.websentry;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import dev.websentry.engine.job.Option;
import dev.websentry.jenkins.JenkinsProxy;
import dev.websentry.jenkins.BuildRecord;
import dev.websentry.jenkins.ScanSettings;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.Secret;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** One run of either step: settings to the agent, record into the build. */
final class ScanStepRunner {
    private final WebSentryStep step;
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final UnaryOperator<String> variables;

    /** @param variables puts a build's variables into a setting */
    ScanStepRunner(WebSentryStep step, Run<?, ?> run, TaskListener listener, UnaryOperator<String> variables) {
        this.step = step;
        this.run = run;
        this.listener = listener;
        this.variables = variables;
    }

    /**
     * Scans and keeps the result with the build; the caller says what the outcome means to it.
     *
     * @param environment of the step, with what the agent's own adds
     */
    FinishedScan perform(FilePath workspace, EnvVars environment) throws IOException, InterruptedException {
        workspace.mkdirs();
        ScanSettings settings = step.settings().map(variables);
        RemoteServerConfig server = RemoteServerConfig.of(step, run, variables);
        settings.environment(environment);
        if (!server.url().isEmpty()) {
            settings.set(Option.SERVER, server.url()).apiKey(server.apiKey());
        }
        secrets(settings);
        proxy(settings);
        Map<String, String> baselines = step.isFailOnRegression() ? BaselineFinder.before(run) : Map.of();
        BuildRecord record = workspace.act(new ScanCallable(settings, baselines, listener));
        if (record.sites().isEmpty()) {
            throw new AbortException(record.message());
        }
        WebSentryAction action = WebSentryAction.attach(run, record);
        listener.getLogger().println(Messages.reportAt(action.getReportUrl()));
        return new FinishedScan(record, action.getReportUrl());
    }

    /** What the step's credentials hold, which the job must be allowed to use. */
    private void secrets(ScanSettings settings) throws AbortException {
        AdvancedOptions options = step.getOptions();
        if (options == null) {
            return;
        }
        if (options.getAuthCredentialsId() != null) {
            String id = options.getAuthCredentialsId();
            StandardUsernamePasswordCredentials found =
                    credential(id, StandardUsernamePasswordCredentials.class, Messages.noUserAndPassword(id));
            settings.auth(found.getUsername(), found.getPassword().getPlainText());
        }
        if (options.getClientKeyStoreCredentialsId() != null) {
            String id = options.getClientKeyStoreCredentialsId();
            settings.keyStorePassword(credential(id, StringCredentials.class, Messages.noKeyStorePassword(id))
                    .getSecret()
                    .getPlainText());
        }
    }

    private static void proxy(ScanSettings settings) {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        if (proxy != null && Util.fixEmptyAndTrim(proxy.getName()) != null) {
            settings.jenkinsProxy(JenkinsProxy.of(
                    proxy.getName().strip(),
                    proxy.getPort(),
                    Util.fixNull(proxy.getUserName()),
                    Secret.toString(proxy.getSecretPassword()),
                    Util.fixNull(proxy.getNoProxyHost())));
        }
    }

    private <C extends StandardCredentials> C credential(String id, Class<C> kind, String missing)
            throws AbortException {
        C found = CredentialsProvider.findCredentialById(id, kind, run);
        if (found == null) {
            throw new AbortException(missing);
        }
        CredentialsProvider.track(run, found);
        return found;
    }
}
