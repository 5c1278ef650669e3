package dev.websentry.server.settings;

import dev.websentry.engine.config.AddressRange;
import dev.websentry.engine.config.DnssecTrustAnchors;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.RootStoreChoice;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.job.OptionFileLoader;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of scans.
 *
 * @param allow Non-public address ranges (CIDR) that may be scanned, such as those of an intranet.
 * @param dnsServers DNS servers (host[:port]) to query instead of those of the operating system.
 * @param rootStore Root certificates to trust: browsers for the list that browsers have, jdk for the trust store of the
 *     Java runtime, or a PEM file.
 * @param caCertificates PEM file of certificate authorities to trust in addition to the root store.
 * @param trustAnchor File with DS or DNSKEY records of a private DNS root.
 * @param dkimSelectors DKIM selectors to look up instead of the common ones.
 * @param resolve Entries host:port:address[:port]. Connections to host:port go to this address instead of the one in
 *     the DNS, for example to scan a staging server.
 * @param concurrency Maximum number of concurrent scans, 1 to 256.
 * @param queue Maximum number of scans that wait for a free slot, 0 to 10000. Further requests get status 503.
 * @param timeout Maximum duration of a scan, 1s to 3600s.
 */
public record ScanProperties(
        @DefaultValue List<AddressRange> allow,
        @DefaultValue List<HostAndPort> dnsServers,
        @DefaultValue("browsers") String rootStore,
        @Nullable Path caCertificates,
        @Nullable Path trustAnchor,
        @DefaultValue List<String> dkimSelectors,
        @DefaultValue List<ResolveOverride> resolve,
        @DefaultValue("8") int concurrency,
        @DefaultValue("32") int queue,
        @DefaultValue("60s") Duration timeout) {
    private static final int MAX_CONCURRENCY = 256;
    private static final int MAX_QUEUE_LENGTH = 10_000;

    public ScanProperties {
        allow = List.copyOf(allow);
        dnsServers = List.copyOf(dnsServers);
        dkimSelectors = List.copyOf(dkimSelectors);
        resolve = List.copyOf(resolve);
        readRootStore(rootStore);
        readCaCertificates(caCertificates);
        readTrustAnchor(trustAnchor);
        requireBetween("concurrency", concurrency, 1, MAX_CONCURRENCY);
        requireBetween("queue", queue, 0, MAX_QUEUE_LENGTH);
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(ScanOptions.MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("websentry.scan.timeout is " + timeout.toSeconds() + "s; use 1s to "
                    + ScanOptions.MAX_TIMEOUT.toSeconds() + "s");
        }
    }

    private static void requireBetween(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "websentry.scan." + name + " is " + value + "; use " + min + " to " + max);
        }
    }

    /** Reads the root certificates to trust. */
    public RootStoreChoice readRootStore() {
        return readRootStore(rootStore);
    }

    private static RootStoreChoice readRootStore(String text) {
        try {
            return OptionFileLoader.readRootStore(text);
        } catch (IllegalArgumentException e) {
            throw unusable("root-store", Path.of(text), e);
        }
    }

    /** Reads the certificate authorities to trust in addition to the root store; empty if no file is set. */
    public List<X509Certificate> readCaCertificates() {
        return readCaCertificates(caCertificates);
    }

    private static List<X509Certificate> readCaCertificates(@Nullable Path file) {
        try {
            return file == null ? List.of() : OptionFileLoader.readCertificates(file.toString());
        } catch (IllegalArgumentException e) {
            throw unusable("ca-certificates", file, e);
        }
    }

    /** Reads the trust anchors of a private DNS root; empty if the IANA root applies. */
    public List<String> readTrustAnchor() {
        return readTrustAnchor(trustAnchor);
    }

    private static List<String> readTrustAnchor(@Nullable Path file) {
        try {
            return file == null ? List.of() : DnssecTrustAnchors.parse(OptionFileLoader.readRecords(file.toString()));
        } catch (IllegalArgumentException e) {
            throw unusable("trust-anchor", file, e);
        }
    }

    /** Has no cause, because {@link InvalidSettingAnalyzer} shows the innermost message. */
    private static IllegalArgumentException unusable(String name, @Nullable Path file, Exception why) {
        return new IllegalArgumentException("websentry.scan." + name + " is '" + file + "': " + why.getMessage());
    }
}
