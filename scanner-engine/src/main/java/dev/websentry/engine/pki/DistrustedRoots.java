package dev.websentry.engine.pki;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The dates after which browsers distrust the certificates of a root. Certificates that were issued earlier stay
 * trusted until they expire. Thread-safe.
 */
public final class DistrustedRoots {
    private static final String RESOURCE = "distrusted-roots.txt";
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
        String fingerprint = fingerprint(root);
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

    /** Returns the SHA-256 hash of a certificate in hexadecimal. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("every Java runtime has SHA-256, and a parsed certificate its encoding", e);
        }
    }

    private static List<DistrustRule> read() {
        try (InputStream in = DistrustedRoots.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            List<DistrustRule> rules = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList()) {
                if (!line.startsWith("#")) {
                    String[] fields = line.split(" \\| ", -1);
                    rules.add(new DistrustRule(fields[0], Instant.parse(fields[1]), DistrustBasis.valueOf(fields[2])));
                }
            }
            return rules;
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + RESOURCE + " cannot be read", e);
        }
    }
}
