package dev.websentry.engine.config;

import dev.websentry.engine.syntax.Header;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The options of one scan. Immutable. All defaults are defined here.
 *
 * @param timeout the time limit of the whole scan, up to {@link #MAX_TIMEOUT}
 * @param connectTimeout the time limit for establishing one connection, up to {@link #MAX_TIMEOUT}
 * @param dnsServers the DNS servers for all lookups, address lookups included; empty for the system's resolver
 * @param resolve fixed addresses for pairs of host and port
 * @param rootStore the root store that decides which certificates are trusted
 * @param caCertificates root certificates that are trusted in addition to the root store
 * @param headers request headers that are sent only over https to the target's own origin, and only if its certificate
 *     is trusted
 * @param userAgent the User-Agent header of all requests
 * @param addressPolicy decides which addresses the scan may connect to
 * @param mailDomain the domain for the mail checks instead of the host's organizational domain
 * @param dkimSelectors the DKIM selectors to look up instead of the default ones
 * @param httpPort the port on which plain http is expected if the target has an explicit port
 * @param probePaths whether well-known sensitive paths are requested
 * @param trustAnchors DS or DNSKEY records, in zone-file form, of a private DNS root; empty for the IANA root
 * @param proxies the proxies through which targets are reached; can only be combined with the policies {@link
 *     AddressPolicy#ALLOW_ALL} and {@link AddressPolicy#publicStaysPublic}, because the proxy resolves host names and
 *     connects
 * @param clientIdentity the client certificate for the target's own origin, sent if the server requests one
 */
public record ScanOptions(
        Duration timeout,
        Duration connectTimeout,
        List<HostAndPort> dnsServers,
        List<ResolveOverride> resolve,
        RootStoreChoice rootStore,
        List<X509Certificate> caCertificates,
        List<Header> headers,
        String userAgent,
        AddressPolicy addressPolicy,
        Optional<String> mailDomain,
        List<String> dkimSelectors,
        OptionalInt httpPort,
        boolean probePaths,
        List<String> trustAnchors,
        ProxyConfiguration proxies,
        Optional<ClientIdentity> clientIdentity) {

    /** The maximum of both timeouts in seconds. */
    public static final int MAX_TIMEOUT_SECONDS = 3600;

    /** The maximum of both timeouts. */
    public static final Duration MAX_TIMEOUT = Duration.ofSeconds(MAX_TIMEOUT_SECONDS);

    public static final int DEFAULT_TIMEOUT_SECONDS = 60;
    public static final int DEFAULT_CONNECT_TIMEOUT_SECONDS = 5;
    public static final boolean DEFAULT_ALLOW_PRIVATE_ADDRESSES = false;
    /** The name of the list of browsers. */
    public static final String DEFAULT_ROOT_STORE = "browsers";

    public static final String DEFAULT_USER_AGENT = "WebSentry/0.1 (security posture scan; +https://websentry.dev)";
    public static final boolean DEFAULT_PROBE_PATHS = true;

    public ScanOptions {
        requirePositive("timeout", timeout);
        requirePositive("connectTimeout", connectTimeout);
        dnsServers = List.copyOf(dnsServers);
        resolve = List.copyOf(resolve);
        caCertificates = List.copyOf(caCertificates);
        headers = List.copyOf(headers);
        dkimSelectors = List.copyOf(dkimSelectors);
        trustAnchors = List.copyOf(trustAnchors);
        if (!proxies.isEmpty()
                && addressPolicy != AddressPolicy.ALLOW_ALL
                && !(addressPolicy instanceof TargetNetworkPolicy)) {
            throw new IllegalArgumentException(
                    "this address policy cannot be combined with a proxy, because the proxy resolves host names itself");
        }
    }

    /** Returns options with all defaults. */
    public static ScanOptions defaults() {
        return builder().build();
    }

    /** Returns a builder that is initialized with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + value.toSeconds() + " s: expected 1 to " + MAX_TIMEOUT.toSeconds() + " seconds");
        }
    }

    /** Builds scan options; options that are not set have their defaults. Not thread-safe. */
    public static final class Builder {
        private Duration timeout = Duration.ofSeconds(DEFAULT_TIMEOUT_SECONDS);
        private Duration connectTimeout = Duration.ofSeconds(DEFAULT_CONNECT_TIMEOUT_SECONDS);
        private List<HostAndPort> dnsServers = List.of();
        private List<ResolveOverride> resolve = List.of();
        private RootStoreChoice rootStore = RootStoreChoice.BROWSERS;
        private List<X509Certificate> caCertificates = List.of();
        private List<Header> headers = List.of();
        private String userAgent = DEFAULT_USER_AGENT;
        private AddressPolicy addressPolicy = AddressPolicy.PUBLIC_STAYS_PUBLIC;
        private Optional<String> mailDomain = Optional.empty();
        private List<String> dkimSelectors = List.of();
        private OptionalInt httpPort = OptionalInt.empty();
        private boolean probePaths = DEFAULT_PROBE_PATHS;
        private List<String> trustAnchors = List.of();
        private ProxyConfiguration proxies = ProxyConfiguration.NONE;
        private Optional<ClientIdentity> clientIdentity = Optional.empty();

        private Builder() {}

        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        public Builder dnsServers(List<HostAndPort> value) {
            dnsServers = value;
            return this;
        }

        public Builder resolve(List<ResolveOverride> value) {
            resolve = value;
            return this;
        }

        public Builder rootStore(RootStoreChoice value) {
            rootStore = value;
            return this;
        }

        public Builder caCertificates(List<X509Certificate> value) {
            caCertificates = value;
            return this;
        }

        public Builder headers(List<Header> value) {
            headers = value;
            return this;
        }

        public Builder userAgent(String value) {
            userAgent = value;
            return this;
        }

        public Builder addressPolicy(AddressPolicy value) {
            addressPolicy = value;
            return this;
        }

        public Builder mailDomain(String value) {
            mailDomain = Optional.of(value);
            return this;
        }

        public Builder dkimSelectors(List<String> value) {
            dkimSelectors = value;
            return this;
        }

        public Builder httpPort(int value) {
            httpPort = OptionalInt.of(value);
            return this;
        }

        public Builder probePaths(boolean value) {
            probePaths = value;
            return this;
        }

        public Builder trustAnchors(List<String> value) {
            trustAnchors = value;
            return this;
        }

        public Builder proxies(ProxyConfiguration value) {
            proxies = value;
            return this;
        }

        public Builder clientIdentity(ClientIdentity value) {
            clientIdentity = Optional.of(value);
            return this;
        }

        /**
         * Creates the options.
         *
         * @return the options
         * @throws IllegalArgumentException if an option is out of range or options cannot be combined
         */
        public ScanOptions build() {
            return new ScanOptions(
                    timeout,
                    connectTimeout,
                    dnsServers,
                    resolve,
                    rootStore,
                    caCertificates,
                    headers,
                    userAgent,
                    addressPolicy,
                    mailDomain,
                    dkimSelectors,
                    httpPort,
                    probePaths,
                    trustAnchors,
                    proxies,
                    clientIdentity);
        }
    }
}
