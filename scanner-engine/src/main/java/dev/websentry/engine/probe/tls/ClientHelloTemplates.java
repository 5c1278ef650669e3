package dev.websentry.engine.probe.tls;

import dev.websentry.engine.config.Host;
import dev.websentry.engine.syntax.tls.CipherStrength;
import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ClientHello;
import dev.websentry.engine.syntax.tls.NamedGroup;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import okio.ByteString;

/** Creates the ClientHello messages with which a scan probes one host. */
final class ClientHelloTemplates {
    private static final int X25519_KEY = 32;
    /** The signature schemes for ECDSA keys. */
    private static final List<Integer> ECDSA = List.of(0x0403, 0x0503, 0x0603, 0x0303, 0x0203);

    /** The signature schemes for RSA keys. */
    private static final List<Integer> RSA = List.of(0x0804, 0x0401, 0x0805, 0x0501, 0x0806, 0x0601, 0x0301, 0x0201);

    private final Optional<String> serverName;

    /** Creates the messages for one host. */
    ClientHelloTemplates(Host host) {
        // RFC 6066 section 3: literal addresses are not permitted in SNI.
        this.serverName = host.isIpAddress() ? Optional.empty() : Optional.of(host.ascii());
    }

    /** Returns the name of a named group, or its code in hexadecimal if it is unknown. */
    static String groupName(int code) {
        return Arrays.stream(NamedGroup.values())
                .filter(group -> group.code() == code)
                .map(NamedGroup::name)
                .findFirst()
                .orElseGet(() -> String.format("0x%04X", code));
    }

    /**
     * Offers one version with as many cipher suites as one ClientHello may have.
     *
     * @param version the version to offer
     * @param rare whether to offer the cipher suites that do not fit into the first ClientHello; for TLS 1.3 whether to
     *     send a key share
     * @return the ClientHello
     */
    ClientHello forVersion(ProtocolVersion version, boolean rare) {
        if (version == ProtocolVersion.TLS_1_3) {
            // Without a key share the server replies with a HelloRetryRequest, which accepts the version and names a
            // group.
            ClientHello empty = forSuites(version, CipherSuite.TLS_1_3);
            int x25519 = NamedGroup.X25519.code();
            return rare
                    ? empty.withGroups(
                            empty.groups(),
                            List.of(new ClientHello.KeyShare(
                                    x25519, ByteString.of(HandshakeClient.randomBytes(X25519_KEY)))))
                    : empty;
        }
        List<CipherSuite> all = CipherSuite.UP_TO_TLS_1_2;
        return forSuites(
                version,
                rare ? all.subList(ClientHello.MAX_SUITES, all.size()) : all.subList(0, ClientHello.MAX_SUITES));
    }

    /** Offers cipher suites under a version. */
    ClientHello forSuites(ProtocolVersion version, List<CipherSuite> suites) {
        return ClientHello.of(version, ByteString.of(HandshakeClient.randomBytes(32)), suites, serverName);
    }

    /**
     * Accepts only a certificate with one kind of key, up to TLS 1.2.
     *
     * @param algorithm RSA or ECDSA
     */
    ClientHello forKeyAlgorithm(String algorithm) {
        List<CipherSuite> suites = CipherSuite.UP_TO_TLS_1_2.stream()
                .filter(suite -> suite.authenticatesWith(algorithm) && suite.strength() != CipherStrength.NO_PROTECTION)
                .toList();
        return forSuites(ProtocolVersion.TLS_1_2, suites).withSignatureSchemes(algorithm.equals("RSA") ? RSA : ECDSA);
    }

    /**
     * Accepts only a certificate with one kind of key under TLS 1.3, with the cipher suites that {@code Tls13Handshake}
     * can decrypt.
     *
     * @param algorithm RSA or ECDSA
     */
    ClientHello forKeyAlgorithmTls13(String algorithm) {
        return forSuites(ProtocolVersion.TLS_1_3, CipherSuite.TLS_1_3.subList(0, 3))
                .withSignatureSchemes(algorithm.equals("RSA") ? RSA : ECDSA);
    }

    /** Offers only cipher suites with finite-field Diffie-Hellman (DHE). */
    ClientHello dheOnly() {
        return forSuites(
                ProtocolVersion.TLS_1_2,
                CipherSuite.UP_TO_TLS_1_2.stream()
                        .filter(suite -> suite.isDhe() && suite.strength() != CipherStrength.NO_PROTECTION)
                        .toList());
    }

    /** Offers only the hybrid post-quantum group X25519MLKEM768. */
    ClientHello hybridGroupOnly() {
        return forSuites(ProtocolVersion.TLS_1_3, CipherSuite.TLS_1_3)
                .withGroups(List.of(NamedGroup.X25519MLKEM768.code()), List.of());
    }
}
