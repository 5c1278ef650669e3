package dev.websentry.engine.pki;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The dates after which browsers distrust the certificates of a root. Certificates that were issued earlier stay
 * trusted until they expire. Thread-safe.
 */
public final class DistrustedRoots {
    private static final DistrustedRoots BUNDLED = new DistrustedRoots(read());

    private final List<DistrustRule> rules;

    /**
     * Creates a table.
     *
     * @param rules the rules; several may concern one root
     */
    public DistrustedRoots(List<DistrustRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Returns the table of this version. */
    public static DistrustedRoots bundled() {
        return BUNDLED;
    }

    /** What the date of a rule is compared with. */
    public enum DistrustBasis {
        /** The earliest signed certificate timestamp; without one, the start of the validity period. */
        SCT,
        /** The start of the validity period. */
        NOT_BEFORE
    }

    /**
     * A date after which a browser distrusts certificates of a root.
     *
     * @param fingerprint the SHA-256 hash of the root certificate in hexadecimal
     * @param lastTrusted the last time of issuance that is trusted
     * @param basis what the date is compared with
     */
    public record DistrustRule(String fingerprint, Instant lastTrusted, DistrustBasis basis) {}

    /**
     * Returns since when certificates of a root are distrusted, if the leaf is one of these.
     *
     * @param root the root of the certification path
     * @param leaf the leaf of the path
     * @param timestamps the timestamps of the leaf
     * @return the last time of issuance that is trusted; empty if the leaf is not affected
     */
    public Optional<Instant> distrustsAfter(X509Certificate root, X509Certificate leaf, SignedTimestamps timestamps) {
        String fingerprint = RootTable.fingerprint(root);
        Instant notBefore = leaf.getNotBefore().toInstant();
        return rules.stream()
                .filter(rule -> rule.fingerprint().equals(fingerprint))
                .filter(rule -> (rule.basis() == DistrustBasis.SCT
                                ? timestamps.earliest().orElse(notBefore)
                                : notBefore)
                        .isAfter(rule.lastTrusted()))
                .map(DistrustRule::lastTrusted)
                .min(Instant::compareTo);
    }

    private static List<DistrustRule> read() {
        return RootTable.read("distrusted-roots.txt").stream()
                .map(fields -> new DistrustRule(
                        fields.get(0), Instant.parse(fields.get(1)), DistrustBasis.valueOf(fields.get(2))))
                .toList();
    }
}
