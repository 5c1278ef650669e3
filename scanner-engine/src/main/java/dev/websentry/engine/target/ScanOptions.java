package dev.websentry.engine.target;

import dev.websentry.engine.syntax.Header;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one scan is done. Immutable; every default is written here and nowhere else.
 *
 * @param timeout one scan's deadline
 * @param connectTimeout one connection's
 * @param dnsServers used for every lookup, address lookups included; empty: the system's
 * @param resolve host and port pairs that are dialled at a given address
 * @param caCertificates roots beside the JDK's
 * @param headers sent with requests to https on the target's own origin alone, and only under a trusted certificate
 * @param userAgent what requests call themselves
 * @param addressPolicy which addresses may be dialled
 * @param mailDomain judged instead of the host's organisational domain
 * @param dkimSelectors looked up instead of the usual ones
 * @param httpPort where plain http is expected when the target has a port of its own
 * @param probePaths whether well-known sensitive paths are asked for
 * @param proxies by way of which targets are reached; not together with an address policy, since it is the proxy that
 *     resolves and dials
 * @param clientIdentity shown to the target's own origin where it asks for a client certificate
 * @param trustAnchors DS or DNSKEY records, in zone-file form, of a private DNS root; empty: the IANA root
 */
public record ScanOptions(
        Duration timeout,
        Duration connectTimeout,
        List<HostAndPort> dnsServers,
        List<ResolveOverride> resolve,
        List<X509Certificate> caCertificates,
        List<Header> headers,
        String userAgent,
        AddressPolicy addressPolicy,
        Optional<String> mailDomain,
        List<String> dkimSelectors,
        OptionalInt httpPort,
        boolean probePaths,
        List<String> trustAnchors,
        Proxies proxies,
        Optional<ClientIdentity> clientIdentity) {

    /** The longest deadline that is taken. */
    public static final Duration LONGEST = Duration.ofHours(1);

    public ScanOptions {
        requirePositive("timeout", timeout);
        requirePositive("connectTimeout", connectTimeout);
        dnsServers = List.copyOf(dnsServers);
        resolve = List.copyOf(resolve);
        caCertificates = List.copyOf(caCertificates);
        headers = List.copyOf(headers);
        dkimSelectors = List.copyOf(dkimSelectors);
        trustAnchors = List.copyOf(trustAnchors);
        if (!proxies.isEmpty() && addressPolicy != AddressPolicy.ANYTHING) {
            throw new IllegalArgumentException(
                    "an address policy cannot hold behind a proxy, which resolves for itself");
        }
    }

    public static ScanOptions defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + value.toSeconds() + " s: expected 1 to " + LONGEST.toSeconds() + " seconds");
        }
    }

    /** Collects the options that differ from their defaults. Not thread-safe. */
    public static final class Builder {
        private Duration timeout = Duration.ofSeconds(60);
        private Duration connectTimeout = Duration.ofSeconds(5);
        private List<HostAndPort> dnsServers = List.of();
        private List<ResolveOverride> resolve = List.of();
        private List<X509Certificate> caCertificates = List.of();
        private List<Header> headers = List.of();
        private String userAgent = "WebSentry/0.1 (security posture scan; +https://websentry.dev)";
        private AddressPolicy addressPolicy = AddressPolicy.ANYTHING;
        private Optional<String> mailDomain = Optional.empty();
        private List<String> dkimSelectors = List.of();
        private OptionalInt httpPort = OptionalInt.empty();
        private boolean probePaths = true;
        private List<String> trustAnchors = List.of();
        private Proxies proxies = Proxies.NONE;
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

        public Builder proxies(Proxies value) {
            proxies = value;
            return this;
        }

        public Builder clientIdentity(ClientIdentity value) {
            clientIdentity = Optional.of(value);
            return this;
        }

        public ScanOptions build() {
            return new ScanOptions(
                    timeout,
                    connectTimeout,
                    dnsServers,
                    resolve,
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
