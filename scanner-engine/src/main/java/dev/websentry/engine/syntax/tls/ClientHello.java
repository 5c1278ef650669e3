package dev.websentry.engine.syntax.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okio.ByteString;

/**
 * A ClientHello message of SSLv3 to TLS 1.3 that fits into one record.
 *
 * @param version highest version that the client offers
 * @param random client random, 32 bytes
 * @param suites offered cipher suites in order of preference, at least one and at most {@link #MAX_SUITES}
 * @param serverName host name for SNI; empty for an IP address (RFC 6066 section 3)
 * @param signatureSchemes code points of the offered signature schemes
 * @param groups code points of the offered key exchange groups
 * @param keyShares key shares, for TLS 1.3 only; without one the server selects a group in a HelloRetryRequest (RFC
 *     8446 section 4.1.4)
 * @param alpnProtocols protocols offered by ALPN; if empty, the extension is omitted
 */
public record ClientHello(
        ProtocolVersion version,
        ByteString random,
        List<CipherSuite> suites,
        Optional<String> serverName,
        List<Integer> signatureSchemes,
        List<Integer> groups,
        List<KeyShare> keyShares,
        List<String> alpnProtocols) {
    /** Maximum number of offered cipher suites. Some servers do not respond to more. */
    public static final int MAX_SUITES = 120;

    /** All signature schemes that a server certificate can be used with (RFC 8446 section 4.2.3, RFC 5246). */
    public static final List<Integer> ALL_SIGNATURE_SCHEMES = List.of(
            0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0807, 0x0808, 0x0809, 0x080a,
            0x080b, 0x0303, 0x0301, 0x0203, 0x0201, 0x0402, 0x0302, 0x0202);

    /**
     * A key share of the client.
     *
     * @param group code point of the key exchange group
     * @param key public key
     */
    public record KeyShare(int group, ByteString key) {}

    public ClientHello {
        suites = List.copyOf(suites);
        signatureSchemes = List.copyOf(signatureSchemes);
        groups = List.copyOf(groups);
        keyShares = List.copyOf(keyShares);
        alpnProtocols = List.copyOf(alpnProtocols);
        if (version == ProtocolVersion.SSL_2) {
            throw new IllegalArgumentException("SSLv2 has a different ClientHello; use Sslv2");
        }
        if (random.size() != 32 || suites.isEmpty() || suites.size() > MAX_SUITES) {
            throw new IllegalArgumentException(random.size() + " random bytes and " + suites.size() + " cipher suites");
        }
    }

    /**
     * Creates a typical ClientHello that offers all signature schemes, all groups of the version, and HTTP/2 and
     * HTTP/1.1.
     *
     * @param version highest version that the client offers
     * @param random client random, 32 bytes
     * @param suites offered cipher suites in order of preference
     * @param serverName host name for SNI; empty for an IP address
     */
    public static ClientHello of(
            ProtocolVersion version, ByteString random, List<CipherSuite> suites, Optional<String> serverName) {
        List<Integer> groups = version == ProtocolVersion.TLS_1_3
                ? List.of(0x001D, 0x0017, 0x0018, 0x0019, 0x001E, 0x0100, 0x0101, 0x11EC, 0x11EB, 0x11ED)
                : NamedGroup.ELLIPTIC_CURVES;
        return new ClientHello(
                version,
                random,
                suites,
                serverName,
                ALL_SIGNATURE_SCHEMES,
                groups,
                List.of(),
                List.of("h2", "http/1.1"));
    }

    /** Returns a copy with other signature schemes. */
    public ClientHello withSignatureSchemes(List<Integer> schemes) {
        return new ClientHello(version, random, suites, serverName, schemes, groups, keyShares, alpnProtocols);
    }

    /** Returns a copy with other key exchange groups and key shares. */
    public ClientHello withGroups(List<Integer> named, List<KeyShare> shares) {
        return new ClientHello(version, random, suites, serverName, signatureSchemes, named, shares, alpnProtocols);
    }

    /** Returns the encoded handshake message, with the message header but without a record header. */
    public byte[] toHandshakeMessage() {
        ByteWriter body = new ByteWriter()
                .number(2, Math.min(version.code(), ProtocolVersion.TLS_1_2.code()))
                .bytes(random.toByteArray())
                // With a session ID, middleboxes regard a TLS 1.3 hello as a resumption (RFC 8446 appendix D.4).
                .vector(1, version == ProtocolVersion.TLS_1_3 ? random.toByteArray() : new byte[0])
                .vector(2, suiteCodes())
                .vector(1, new byte[] {0});
        if (version != ProtocolVersion.SSL_3) {
            body.vector(2, extensions());
        }
        return new ByteWriter().number(1, 1).vector(3, body.toBytes()).toBytes();
    }

    /** Returns the encoded record that contains the message. */
    public byte[] toRecord() {
        // RFC 8446 section 5.1: some servers require 0x0301 here, independent of the offered version.
        int recordVersion = version == ProtocolVersion.SSL_3 ? 0x0300 : 0x0301;
        return new ByteWriter()
                .number(1, 22)
                .number(2, recordVersion)
                .vector(2, toHandshakeMessage())
                .toBytes();
    }

    private byte[] suiteCodes() {
        List<Integer> codes =
                new ArrayList<>(suites.stream().map(CipherSuite::code).toList());
        if (version != ProtocolVersion.TLS_1_3) {
            // RFC 5746 section 3.3: some servers reject clients without secure renegotiation.
            codes.add(0x00FF);
        }
        return new ByteWriter().numbers(2, codes).toBytes();
    }

    private byte[] extensions() {
        ByteWriter out = new ByteWriter();
        serverName.ifPresent(name -> extension(out, 0, serverNames(name)));
        // RFC 6066 section 8: OCSP without responder IDs and extensions.
        extension(out, 5, new byte[] {1, 0, 0, 0, 0});
        if (version == ProtocolVersion.TLS_1_3
                || suites.stream().anyMatch(s -> s.name().startsWith("TLS_ECDH"))) {
            extension(out, 10, vectorOf(groups));
            extension(out, 11, new byte[] {1, 0});
        }
        if (version.compareTo(ProtocolVersion.TLS_1_2) >= 0) {
            extension(out, 13, vectorOf(signatureSchemes));
        }
        if (!alpnProtocols.isEmpty()) {
            ByteWriter names = new ByteWriter();
            alpnProtocols.forEach(name -> names.vector(1, name.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            extension(out, 16, new ByteWriter().vector(2, names.toBytes()).toBytes());
        }
        // RFC 6962 section 3.3.1: signed certificate timestamps, which a server may send in the handshake.
        extension(out, 18, new byte[0]);
        if (version == ProtocolVersion.TLS_1_3) {
            extension(out, 43, new byte[] {2, 3, 4});
            ByteWriter shares = new ByteWriter();
            keyShares.forEach(share ->
                    shares.number(2, share.group()).vector(2, share.key().toByteArray()));
            extension(out, 51, new ByteWriter().vector(2, shares.toBytes()).toBytes());
        }
        return out.toBytes();
    }

    private static byte[] serverNames(String name) {
        byte[] entry = new ByteWriter()
                .number(1, 0)
                .vector(2, name.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .toBytes();
        return new ByteWriter().vector(2, entry).toBytes();
    }

    private static byte[] vectorOf(List<Integer> values) {
        return new ByteWriter()
                .vector(2, new ByteWriter().numbers(2, values).toBytes())
                .toBytes();
    }

    private static void extension(ByteWriter out, int type, byte[] content) {
        out.number(2, type).vector(2, content);
    }
}
