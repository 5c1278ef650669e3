package dev.websentry.engine.observation;

import dev.websentry.engine.config.RootStoreChoice.RootStoreKind;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import okio.ByteString;

/**
 * Which root store decides about trust, and the roots of all stores in which the served chains may end. Of each store,
 * only roots whose subject occurs in the chains are listed.
 *
 * @param kind the store that decides
 * @param browserListDate the date of the bundled list of the browsers' roots
 * @param configured the configured CA certificates, in DER
 * @param browsers the roots that browsers trust, in DER
 * @param jdk the roots that the Java runtime of the scan trusts, in DER
 */
public record TrustedRoots(
        RootStoreKind kind, Instant browserListDate, List<byte[]> configured, List<byte[]> browsers, List<byte[]> jdk) {
    public TrustedRoots {
        configured = List.copyOf(configured);
        browsers = List.copyOf(browsers);
        jdk = List.copyOf(jdk);
    }

    /** Returns the roots of this and of another observation with the same stores. */
    public TrustedRoots plus(TrustedRoots other) {
        return new TrustedRoots(
                kind,
                browserListDate,
                merged(configured, other.configured),
                merged(browsers, other.browsers),
                merged(jdk, other.jdk));
    }

    private static List<byte[]> merged(List<byte[]> some, List<byte[]> more) {
        return Stream.concat(some.stream(), more.stream())
                .map(ByteString::of)
                .distinct()
                .map(ByteString::toByteArray)
                .toList();
    }
}
