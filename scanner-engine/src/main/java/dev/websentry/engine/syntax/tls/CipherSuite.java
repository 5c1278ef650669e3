package dev.websentry.engine.syntax.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A TLS cipher suite.
 *
 * @param code code point, two bytes
 * @param name name in the IANA registry
 */
public record CipherSuite(int code, String name) {
    /** Cipher suites of TLS 1.3 (RFC 8446 appendix B.4). */
    public static final List<CipherSuite> TLS_1_3 = List.of(
            new CipherSuite(0x1301, "TLS_AES_128_GCM_SHA256"),
            new CipherSuite(0x1302, "TLS_AES_256_GCM_SHA384"),
            new CipherSuite(0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
            new CipherSuite(0x1304, "TLS_AES_128_CCM_SHA256"),
            new CipherSuite(0x1305, "TLS_AES_128_CCM_8_SHA256"));

    /** Cipher suites of SSLv3 to TLS 1.2, the most common first. */
    public static final List<CipherSuite> UP_TO_TLS_1_2 = parse(CipherSuiteTable.TABLE);

    private static final Map<CipherStrength, List<CipherSuite>> BY_STRENGTH =
            Collections.unmodifiableMap(UP_TO_TLS_1_2.stream()
                    .collect(Collectors.groupingBy(
                            CipherSuite::strength,
                            () -> new EnumMap<>(CipherStrength.class),
                            Collectors.toUnmodifiableList())));

    private static final Map<Integer, CipherSuite> BY_CODE = List.of(TLS_1_3, UP_TO_TLS_1_2).stream()
            .flatMap(List::stream)
            .collect(Collectors.toMap(CipherSuite::code, Function.identity()));

    /**
     * Returns the suite with a code point.
     *
     * @param code code point, two bytes
     * @return the suite; an unknown suite is named by its code point, such as {@code 0x1A1A}
     */
    public static CipherSuite of(int code) {
        CipherSuite known = BY_CODE.get(code);
        return known == null ? new CipherSuite(code, String.format("0x%04X", code)) : known;
    }

    /** Returns the cipher suites of SSLv3 to TLS 1.2 with a strength, the most common first. */
    public static List<CipherSuite> ofStrength(CipherStrength group) {
        return BY_STRENGTH.getOrDefault(group, List.of());
    }

    /** Returns the strength of this suite. */
    public CipherStrength strength() {
        return CipherStrength.of(name);
    }

    /**
     * Returns whether this suite authenticates the server by a key of an algorithm, by signing or by decryption.
     *
     * @param algorithm RSA, ECDSA or DSS
     */
    public boolean authenticatesWith(String algorithm) {
        String exchange = name.substring(0, Math.max(0, name.indexOf("_WITH_")));
        return exchange.equals("TLS_" + algorithm) || exchange.endsWith("_" + algorithm);
    }

    /** Returns whether the suite is common enough to be offered in a separate handshake. */
    public boolean isCommon() {
        return rarity(this) == 0;
    }

    /** Returns whether this suite uses ephemeral finite-field Diffie-Hellman. */
    public boolean isDhe() {
        return name.startsWith("TLS_DHE_") || name.startsWith("TLS_DH_anon");
    }

    /** Returns whether this suite uses ephemeral elliptic-curve Diffie-Hellman. */
    public boolean isEcdhe() {
        return name.startsWith("TLS_ECDHE_") || name.startsWith("TLS_ECDH_anon");
    }

    private static List<CipherSuite> parse(String table) {
        List<CipherSuite> suites = new ArrayList<>();
        table.lines().map(line -> Arrays.asList(line.strip().split(" ", -1))).forEach(fields -> {
            for (int i = 1; i + 1 < fields.size(); i += 2) {
                suites.add(new CipherSuite(Integer.parseInt(fields.get(i), 16), fields.get(0) + fields.get(i + 1)));
            }
        });
        suites.sort(Comparator.comparingInt(CipherSuite::rarity).thenComparing(CipherSuite::code));
        return List.copyOf(suites);
    }

    private static int rarity(CipherSuite suite) {
        String name = suite.name;
        boolean rareKey = name.contains("_DSS_") || name.startsWith("TLS_DH_") || name.startsWith("TLS_ECDH_");
        boolean rareCipher = name.contains("ARIA") || name.contains("CAMELLIA") || name.contains("SEED");
        return (rareKey && !name.contains("_anon_") ? 2 : 0) + (rareCipher ? 1 : 0);
    }
}
