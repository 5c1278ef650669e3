package dev.websentry.engine.syntax.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okio.ByteString;

/**
 * A ClientHello of SSLv3 to TLS 1.3, in one record.
 *
 * @param random 32 bytes
 * @param suites offered, in the order of preference; at most {@link #MOST_SUITES}
 * @param serverName for SNI; empty for an address (RFC 6066 section 3)
 * @param signatures offered signature schemes
 * @param groups offered key-exchange groups
 * @param keyShares TLS 1.3 only; none makes the server name a group in a HelloRetryRequest (RFC 8446 section 4.1.4)
 * @param protocols offered by ALPN; none leaves the extension out
 */
public record ClientHello(
        ProtocolVersion version,
        ByteString random,
        List<CipherSuite> suites,
        Optional<String> serverName,
        List<Integer> signatures,
        List<Integer> groups,
        List<KeyShare> keyShares,
        List<String> protocols) {
    /** Some servers drop a hello with more. */
    public static final int MOST_SUITES = 120;

    /** Every scheme that a certificate of the web may be proven by, RFC 8446 section 4.2.3 and RFC 5246. */
    public static final List<Integer> ANY_SIGNATURE = List.of(
            0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0807, 0x0808, 0x0809, 0x080a,
            0x080b, 0x0303, 0x0301, 0x0203, 0x0201, 0x0402, 0x0302, 0x0202);

    /** A public key of the client. */
    public record KeyShare(int group, ByteString key) {}

    public ClientHello {
        suites = List.copyOf(suites);
        signatures = List.copyOf(signatures);
        groups = List.copyOf(groups);
        keyShares = List.copyOf(keyShares);
        protocols = List.copyOf(protocols);
        if (version == ProtocolVersion.SSL_2) {
            throw new IllegalArgumentException("SSLv2 has a hello of its own");
        }
        if (random.size() != 32 || suites.isEmpty() || suites.size() > MOST_SUITES) {
            throw new IllegalArgumentException(random.size() + " random bytes, " + suites.size() + " suites");
        }
    }

    /** An ordinary hello that offers all signature schemes and the groups that the version has. */
    public static ClientHello of(
            ProtocolVersion version, ByteString random, List<CipherSuite> suites, Optional<String> serverName) {
        List<Integer> groups = version == ProtocolVersion.TLS_1_3
                ? List.of(0x001D, 0x0017, 0x0018, 0x0019, 0x001E, 0x0100, 0x0101, 0x11EC, 0x11EB, 0x11ED)
                : NamedGroup.ELLIPTIC;
        return new ClientHello(
                version, random, suites, serverName, ANY_SIGNATURE, groups, List.of(), List.of("h2", "http/1.1"));
    }

    public ClientHello withSignatures(List<Integer> schemes) {
        return new ClientHello(version, random, suites, serverName, schemes, groups, keyShares, protocols);
    }

    public ClientHello withGroups(List<Integer> named, List<KeyShare> shares) {
        return new ClientHello(version, random, suites, serverName, signatures, named, shares, protocols);
    }

    /** The handshake message, with its header, without the record's. */
    public byte[] message() {
        ByteWriter body = new ByteWriter()
                .number(2, Math.min(version.code(), ProtocolVersion.TLS_1_2.code()))
                .bytes(random.toByteArray())
                // A session id of its own makes middleboxes take a 1.3 hello for a resumption (RFC 8446 appendix D.4).
                .vector(1, version == ProtocolVersion.TLS_1_3 ? random.toByteArray() : new byte[0])
                .vector(2, suiteCodes())
                .vector(1, new byte[] {0});
        if (version != ProtocolVersion.SSL_3) {
            body.vector(2, extensions());
        }
        return new ByteWriter().number(1, 1).vector(3, body.toBytes()).toBytes();
    }

    /** The record as it goes over the wire. */
    public byte[] record() {
        // RFC 8446 section 5.1: some servers want 0x0301 here whatever is offered inside.
        int outer = version == ProtocolVersion.SSL_3 ? 0x0300 : 0x0301;
        return new ByteWriter()
                .number(1, 22)
                .number(2, outer)
                .vector(2, message())
                .toBytes();
    }

    private byte[] suiteCodes() {
        List<Integer> codes =
                new ArrayList<>(suites.stream().map(CipherSuite::code).toList());
        if (version != ProtocolVersion.TLS_1_3) {
            // RFC 5746 section 3.3: some servers refuse a client without secure renegotiation.
            codes.add(0x00FF);
        }
        return new ByteWriter().numbers(2, codes).toBytes();
    }

    private byte[] extensions() {
        ByteWriter out = new ByteWriter();
        serverName.ifPresent(name -> extension(out, 0, serverNames(name)));
        // RFC 6066 section 8: OCSP, no responder ids, no extensions.
        extension(out, 5, new byte[] {1, 0, 0, 0, 0});
        if (version == ProtocolVersion.TLS_1_3
                || suites.stream().anyMatch(s -> s.name().startsWith("TLS_ECDH"))) {
            extension(out, 10, vectorOf(groups));
            extension(out, 11, new byte[] {1, 0});
        }
        if (version.compareTo(ProtocolVersion.TLS_1_2) >= 0) {
            extension(out, 13, vectorOf(signatures));
        }
        if (!protocols.isEmpty()) {
            ByteWriter names = new ByteWriter();
            protocols.forEach(name -> names.vector(1, name.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            extension(out, 16, new ByteWriter().vector(2, names.toBytes()).toBytes());
        }
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
