package io.jenkins.plugins.websentry;

import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.job.Option;
import dev.websentry.jenkins.ScanSettings;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** The advanced settings about the network: what the scan resolves, trusts and may connect to. */
public abstract class NetworkOptions extends AbstractDescribableImpl<AdvancedOptions> implements Serializable {
    private static final long serialVersionUID = 1L;

    private List<String> dnsServers = new ArrayList<>();
    private List<String> resolve = new ArrayList<>();
    private @Nullable String rootStore;
    private @Nullable String caCertificates;
    private @Nullable String trustAnchor;
    private boolean allowPrivateAddresses = ScanOptions.DEFAULT_ALLOW_PRIVATE_ADDRESSES;

    /** Adds the values to the settings. */
    void addTo(ScanSettings settings) {
        settings.set(Option.DNS_SERVERS, dnsServers)
                .set(Option.RESOLVE, resolve)
                .set(Option.ROOT_STORE, rootStore)
                .set(Option.CA_CERTIFICATES, caCertificates)
                .set(Option.TRUST_ANCHOR, trustAnchor)
                .set(Option.ALLOW_PRIVATE_ADDRESSES, Boolean.toString(allowPrivateAddresses));
    }

    public List<String> getDnsServers() {
        return dnsServers;
    }

    @DataBoundSetter
    public void setDnsServers(List<String> dnsServers) {
        this.dnsServers = LineSplitter.split(dnsServers);
    }

    public List<String> getResolve() {
        return resolve;
    }

    @DataBoundSetter
    public void setResolve(List<String> resolve) {
        this.resolve = LineSplitter.split(resolve);
    }

    public @Nullable String getRootStore() {
        return rootStore;
    }

    @DataBoundSetter
    public void setRootStore(@Nullable String rootStore) {
        this.rootStore = Util.fixEmptyAndTrim(rootStore);
    }

    public @Nullable String getCaCertificates() {
        return caCertificates;
    }

    @DataBoundSetter
    public void setCaCertificates(@Nullable String caCertificates) {
        this.caCertificates = Util.fixEmptyAndTrim(caCertificates);
    }

    public @Nullable String getTrustAnchor() {
        return trustAnchor;
    }

    @DataBoundSetter
    public void setTrustAnchor(@Nullable String trustAnchor) {
        this.trustAnchor = Util.fixEmptyAndTrim(trustAnchor);
    }

    public boolean isAllowPrivateAddresses() {
        return allowPrivateAddresses;
    }

    @DataBoundSetter
    public void setAllowPrivateAddresses(boolean allowPrivateAddresses) {
        this.allowPrivateAddresses = allowPrivateAddresses;
    }
}
