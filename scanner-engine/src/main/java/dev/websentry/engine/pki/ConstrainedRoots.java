package dev.websentry.engine.pki;

import dev.websentry.engine.syntax.DerElement;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The name constraints that browsers impose on roots whose certificates have none. They apply like the extension of RFC
 * 5280 section 4.2.1.10. Immutable.
 */
public final class ConstrainedRoots {
    private static final ConstrainedRoots BUNDLED =
            new ConstrainedRoots(RootTable.read("constrained-roots.txt").stream()
                    .collect(Collectors.toMap(
                            fields -> fields.get(0),
                            fields -> List.of(fields.get(1).split(",", -1)))));

    private final Map<String, NameConstraints> byFingerprint;

    /**
     * Creates a table.
     *
     * @param permitted the permitted dNSName subtrees by the SHA-256 hash of the root certificate in hexadecimal; a
     *     leading dot requires at least one more label
     */
    public ConstrainedRoots(Map<String, List<String>> permitted) {
        byFingerprint = permitted.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> permitting(entry.getValue())));
    }

    private ConstrainedRoots(ConstrainedRoots other, List<X509Certificate> exempt) {
        List<String> fingerprints = exempt.stream().map(RootTable::fingerprint).toList();
        byFingerprint = other.byFingerprint.entrySet().stream()
                .filter(entry -> !fingerprints.contains(entry.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns the table of this version. */
    public static ConstrainedRoots bundled() {
        return BUNDLED;
    }

    /** Returns this table without the rules for some roots, such as those that the user configured. */
    public ConstrainedRoots exempting(List<X509Certificate> roots) {
        return new ConstrainedRoots(this, roots);
    }

    /** Returns the constraints that apply to a root in addition to those in its certificate. */
    Optional<NameConstraints> of(X509Certificate root) {
        return Optional.ofNullable(byFingerprint.get(RootTable.fingerprint(root)));
    }

    private static NameConstraints permitting(List<String> hosts) {
        return new NameConstraints(
                hosts.stream()
                        .map(host -> new NameSubtree(GeneralName.DNS_NAME, Optional.of(dnsName(host))))
                        .toList(),
                List.of());
    }

    private static GeneralName dnsName(String host) {
        byte[] text = host.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        byte[] der = new byte[text.length + 2];
        der[0] = (byte) (0x80 | GeneralName.DNS_NAME);
        // The tables contain short names only, whose length takes one octet.
        der[1] = (byte) text.length;
        System.arraycopy(text, 0, der, 2, text.length);
        return GeneralName.of(DerElement.parseExactly(der));
    }
}
