package io.jenkins.plugins.websentry;

import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.ScanRequest;
import dev.websentry.jenkins.ScanSettings;
import hudson.Extension;
import hudson.Util;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The advanced settings: the {@code options} of the step. Settings without a value use the defaults of the engine. */
public final class AdvancedOptions extends NetworkOptions {
    private static final long serialVersionUID = 1L;

    private @Nullable Integer minScore;
    private @Nullable String categoryMinimums;
    private @Nullable String outputDirectory;
    private List<String> formats = new ArrayList<>();
    private @Nullable Integer waitSeconds;
    private @Nullable Integer timeoutSeconds;
    private @Nullable Integer connectTimeoutSeconds;
    private @Nullable Integer parallelism;
    private @Nullable String clientKeyStore;
    private @Nullable String clientKeyStoreCredentialsId;
    private @Nullable String headers;
    private @Nullable String headersCredentialsId;
    private @Nullable String authCredentialsId;
    private @Nullable String userAgent;
    private @Nullable String mailDomain;
    private List<String> dkimSelectors = new ArrayList<>();
    private @Nullable Integer httpPort;
    private boolean failOnError = ScanRequest.DEFAULT_FAIL_ON_ERROR;
    private boolean probePaths = ScanOptions.DEFAULT_PROBE_PATHS;

    @DataBoundConstructor
    public AdvancedOptions() {
        // All settings are optional and have setters.
    }

    /** Adds the values to the settings, without secrets. */
    @Override
    void addTo(ScanSettings settings) {
        super.addTo(settings);
        settings.set(Option.MIN_SCORE, text(minScore))
                .set(Option.CATEGORY_MINIMUMS, categoryMinimums)
                .set(Option.OUTPUT_DIRECTORY, outputDirectory)
                .set(Option.FORMATS, formats)
                .set(Option.WAIT_SECONDS, text(waitSeconds))
                .set(Option.TIMEOUT_SECONDS, text(timeoutSeconds))
                .set(Option.CONNECT_TIMEOUT_SECONDS, text(connectTimeoutSeconds))
                .set(Option.PARALLELISM, text(parallelism))
                .set(Option.CLIENT_KEY_STORE, clientKeyStore)
                .set(Option.HEADERS, headers)
                .set(Option.USER_AGENT, userAgent)
                .set(Option.MAIL_DOMAIN, mailDomain)
                .set(Option.DKIM_SELECTORS, dkimSelectors)
                .set(Option.HTTP_PORT, text(httpPort))
                .set(Option.FAIL_ON_ERROR, Boolean.toString(failOnError))
                .set(Option.PROBE_PATHS, Boolean.toString(probePaths));
    }

    private static @Nullable String text(@Nullable Integer number) {
        return number == null ? null : number.toString();
    }

    public @Nullable Integer getMinScore() {
        return minScore;
    }

    @DataBoundSetter
    public void setMinScore(@Nullable Integer minScore) {
        this.minScore = minScore;
    }

    public @Nullable String getCategoryMinimums() {
        return categoryMinimums;
    }

    @DataBoundSetter
    public void setCategoryMinimums(@Nullable String categoryMinimums) {
        this.categoryMinimums = Util.fixEmptyAndTrim(categoryMinimums);
    }

    public @Nullable String getOutputDirectory() {
        return outputDirectory;
    }

    @DataBoundSetter
    public void setOutputDirectory(@Nullable String outputDirectory) {
        this.outputDirectory = Util.fixEmptyAndTrim(outputDirectory);
    }

    public List<String> getFormats() {
        return formats;
    }

    @DataBoundSetter
    public void setFormats(List<String> formats) {
        this.formats = LineSplitter.split(formats);
    }

    public @Nullable Integer getWaitSeconds() {
        return waitSeconds;
    }

    @DataBoundSetter
    public void setWaitSeconds(@Nullable Integer waitSeconds) {
        this.waitSeconds = waitSeconds;
    }

    public @Nullable Integer getTimeoutSeconds() {
        return timeoutSeconds;
    }

    @DataBoundSetter
    public void setTimeoutSeconds(@Nullable Integer timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    public @Nullable Integer getConnectTimeoutSeconds() {
        return connectTimeoutSeconds;
    }

    @DataBoundSetter
    public void setConnectTimeoutSeconds(@Nullable Integer connectTimeoutSeconds) {
        this.connectTimeoutSeconds = connectTimeoutSeconds;
    }

    public @Nullable Integer getParallelism() {
        return parallelism;
    }

    @DataBoundSetter
    public void setParallelism(@Nullable Integer parallelism) {
        this.parallelism = parallelism;
    }

    public @Nullable String getClientKeyStore() {
        return clientKeyStore;
    }

    @DataBoundSetter
    public void setClientKeyStore(@Nullable String clientKeyStore) {
        this.clientKeyStore = Util.fixEmptyAndTrim(clientKeyStore);
    }

    public @Nullable String getClientKeyStoreCredentialsId() {
        return clientKeyStoreCredentialsId;
    }

    @DataBoundSetter
    public void setClientKeyStoreCredentialsId(@Nullable String clientKeyStoreCredentialsId) {
        this.clientKeyStoreCredentialsId = Util.fixEmptyAndTrim(clientKeyStoreCredentialsId);
    }

    public @Nullable String getHeaders() {
        return headers;
    }

    @DataBoundSetter
    public void setHeaders(@Nullable String headers) {
        this.headers = Util.fixEmptyAndTrim(headers);
    }

    public @Nullable String getHeadersCredentialsId() {
        return headersCredentialsId;
    }

    @DataBoundSetter
    public void setHeadersCredentialsId(@Nullable String headersCredentialsId) {
        this.headersCredentialsId = Util.fixEmptyAndTrim(headersCredentialsId);
    }

    public @Nullable String getAuthCredentialsId() {
        return authCredentialsId;
    }

    @DataBoundSetter
    public void setAuthCredentialsId(@Nullable String authCredentialsId) {
        this.authCredentialsId = Util.fixEmptyAndTrim(authCredentialsId);
    }

    public @Nullable String getUserAgent() {
        return userAgent;
    }

    @DataBoundSetter
    public void setUserAgent(@Nullable String userAgent) {
        this.userAgent = Util.fixEmptyAndTrim(userAgent);
    }

    public @Nullable String getMailDomain() {
        return mailDomain;
    }

    @DataBoundSetter
    public void setMailDomain(@Nullable String mailDomain) {
        this.mailDomain = Util.fixEmptyAndTrim(mailDomain);
    }

    public List<String> getDkimSelectors() {
        return dkimSelectors;
    }

    @DataBoundSetter
    public void setDkimSelectors(List<String> dkimSelectors) {
        this.dkimSelectors = LineSplitter.split(dkimSelectors);
    }

    public @Nullable Integer getHttpPort() {
        return httpPort;
    }

    @DataBoundSetter
    public void setHttpPort(@Nullable Integer httpPort) {
        this.httpPort = httpPort;
    }

    public boolean isFailOnError() {
        return failOnError;
    }

    @DataBoundSetter
    public void setFailOnError(boolean failOnError) {
        this.failOnError = failOnError;
    }

    public boolean isProbePaths() {
        return probePaths;
    }

    @DataBoundSetter
    public void setProbePaths(boolean probePaths) {
        this.probePaths = probePaths;
    }

    /** The descriptor. */
    @Extension
    public static final class DescriptorImpl extends AdvancedDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.advanced();
        }
    }
}
