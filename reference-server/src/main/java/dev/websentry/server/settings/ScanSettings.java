package dev.websentry.server.settings;

import dev.websentry.engine.run.OptionFiles;
import dev.websentry.engine.target.AddressRange;
import dev.websentry.engine.target.HostAndPort;
import dev.websentry.engine.target.ResolveOverride;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.TrustAnchors;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How sites are scanned.
 *
 * @param allow address ranges (CIDR) that may be scanned although they are not public, for an intranet
 * @param dnsServers servers to ask instead of the system's, host[:port]
 * @param caCertificates PEM file of certificate authorities to trust beside the JDK's
 * @param trustAnchor file with DS or DNSKEY records of a private DNS root
 * @param dkimSelectors selectors to look up instead of the usual ones
 * @param resolve host:port:address[:port] entries that are dialled at that address whatever the DNS says, for staging
 * @param concurrency how many scans run at once
 * @param queue how many more may wait for a place before callers get 503
 * @param timeout one scan's deadline
 */
public record ScanSettings(
        @DefaultValue List<AddressRange> allow,
        @DefaultValue List<HostAndPort> dnsServers,
        @Nullable Path caCertificates,
        @Nullable Path trustAnchor,
        @DefaultValue List<String> dkimSelectors,
        @DefaultValue List<ResolveOverride> resolve,
        @DefaultValue("8") int concurrency,
        @DefaultValue("32") int queue,
        @DefaultValue("60s") Duration timeout) {
    private static final int MOST_AT_ONCE = 256;
    private static final int LONGEST_QUEUE = 10_000;

    public ScanSettings {
        allow = List.copyOf(allow);
        dnsServers = List.copyOf(dnsServers);
        dkimSelectors = List.copyOf(dkimSelectors);
        resolve = List.copyOf(resolve);
        roots(caCertificates);
        anchors(trustAnchor);
        requireBetween("concurrency", concurrency, 1, MOST_AT_ONCE);
        requireBetween("queue", queue, 0, LONGEST_QUEUE);
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(ScanOptions.LONGEST) > 0) {
            throw new IllegalArgumentException("websentry.scan.timeout is " + timeout.toSeconds()
                    + " s: expected 1s to " + ScanOptions.LONGEST.toSeconds() + "s");
        }
    }

    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "websentry.scan." + name + " is " + value + ": expected " + least + " to " + most);
        }
    }

    /** The authorities to trust beside the JDK's. */
    public List<X509Certificate> roots() {
        return roots(caCertificates);
    }

    private static List<X509Certificate> roots(@Nullable Path file) {
        try {
            return file == null ? List.of() : OptionFiles.certificates(file.toString());
        } catch (IllegalArgumentException e) {
            throw unusable("ca-certificates", file, e);
        }
    }

    /** The records of a private DNS root; empty: the IANA's counts. */
    public List<String> anchors() {
        return anchors(trustAnchor);
    }

    private static List<String> anchors(@Nullable Path file) {
        try {
            return file == null ? List.of() : TrustAnchors.parse(OptionFiles.records(file.toString()));
        } catch (IllegalArgumentException e) {
            throw unusable("trust-anchor", file, e);
        }
    }

    /** Without the cause: the innermost message is what the one line at start shows. */
    private static IllegalArgumentException unusable(String name, @Nullable Path file, Exception why) {
        return new IllegalArgumentException("websentry.scan." + name + " is '" + file + "': " + why.getMessage());
    }
}
