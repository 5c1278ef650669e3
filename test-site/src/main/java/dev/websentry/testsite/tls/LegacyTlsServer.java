package dev.websentry.testsite.tls;

import dev.websentry.testsite.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A server for SSLv2 to TLS 1.2 that sends the first flight of a handshake exactly as old servers do, including
 * versions and cipher suites that current libraries do not support.
 *
 * <p>It responds to a newer version with its own newest version, and selects the first of its cipher suites that the
 * client offers. Not thread-safe until started.
 */
public final class LegacyTlsServer {
    private static final int SSL_2 = 0x0002;
    /** Suites without a certificate, among those that tests use. */
    private static final Set<Integer> ANONYMOUS = Set.of(0x17, 0x18, 0x19, 0x1A, 0x1B, 0x34, 0x3A, 0xC018);

    /** Suites with DHE_RSA, among those that tests use. */
    private static final Set<Integer> EPHEMERAL = Set.of(0x14, 0x15, 0x16, 0x33, 0x39);

    private final List<byte[]> chain;
    private final Map<Integer, List<Integer>> suites = new TreeMap<>();
    private boolean unknownNameWarning;
    private int dhBytes = 128;

    private LegacyTlsServer(List<byte[]> chain) {
        this.chain = chain;
    }

    /** Creates a server with a certificate. */
    public static LegacyTlsServer withCertificate(TestCertificate certificate) {
        return new LegacyTlsServer(
                certificate.servedChain().stream().map(LegacyTlsServer::encoded).toList());
    }

    /**
     * Accepts a version with cipher suites in order of preference.
     *
     * @param version code point, 0x0002 to 0x0303
     * @param codes code points of the cipher suites, two bytes each; three bytes each for SSLv2
     */
    public LegacyTlsServer accepting(int version, Integer... codes) {
        suites.put(version, List.of(codes));
        return this;
    }

    /** Sends an unrecognized_name alert with warning level before the ServerHello (RFC 6066 section 3). */
    public LegacyTlsServer warningUnrecognizedName() {
        unknownNameWarning = true;
        return this;
    }

    /** Sets the size of the Diffie-Hellman prime in bits; the default is 1024. */
    public LegacyTlsServer diffieHellmanBits(int bits) {
        dhBytes = bits / 8;
        return this;
    }

    /** Starts the server. */
    public ScriptedServer start() {
        return new ScriptedServer(this::answer);
    }

    private void answer(Socket connection) throws IOException {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        int first = in.readUnsignedByte();
        byte[] reply;
        if ((first & 0x80) != 0) {
            byte[] hello = new byte[((first & 0x7f) << 8) | in.readUnsignedByte()];
            in.readFully(hello);
            reply = suites.containsKey(SSL_2) && hello[0] == 1 ? sslv2ServerHello() : new byte[0];
        } else {
            in.readUnsignedShort();
            byte[] message = new byte[in.readUnsignedShort()];
            in.readFully(message);
            reply = answer(ByteBuffer.wrap(message, 4, message.length - 4));
        }
        connection.getOutputStream().write(reply);
    }

    private byte[] answer(ByteBuffer hello) {
        int offered = hello.getShort();
        hello.position(hello.position() + 32);
        hello.position(hello.position() + 1 + hello.get(hello.position()));
        Set<Integer> codes = new HashSet<>();
        int count = (hello.getShort() & 0xffff) / 2;
        IntStream.range(0, count).forEach(i -> codes.add(hello.getShort() & 0xffff));
        int version = suites.keySet().stream()
                .filter(own -> own <= offered && own != SSL_2)
                .mapToInt(own -> own)
                .max()
                .orElse(0);
        if (version == 0) {
            return alert(0x0301, 2, 70);
        }
        int suite = suites.getOrDefault(version, List.of()).stream()
                .filter(codes::contains)
                .findFirst()
                .orElse(0);
        return suite == 0
                ? alert(version, 2, 40)
                : joined(unknownNameWarning ? alert(version, 1, 112) : new byte[0], flight(version, suite));
    }

    private byte[] flight(int version, int suite) {
        byte[] hello = joined(number(2, version), new byte[32], number(1, 0), number(2, suite), number(1, 0));
        byte[] messages = message(2, hello);
        boolean anonymous = ANONYMOUS.contains(suite);
        if (!anonymous) {
            byte[] list = joined(chain.stream().map(der -> vector(3, der)).toArray(byte[][]::new));
            messages = joined(messages, message(11, vector(3, list)));
        }
        boolean diffieHellman = EPHEMERAL.contains(suite) || (anonymous && suite < 0xC000);
        if (diffieHellman) {
            byte[] prime = new byte[dhBytes];
            java.util.Arrays.fill(prime, (byte) 0xff);
            byte[] parameters = joined(vector(2, prime), vector(2, new byte[] {2}), vector(2, prime));
            messages = joined(messages, message(12, parameters));
        }
        return record(22, version, joined(messages, message(14, new byte[0])));
    }

    /** Returns the SSLv2 SERVER-HELLO message (Internet-Draft of 1995, section 2.6). */
    private byte[] sslv2ServerHello() {
        byte[] specs = joined(suites.getOrDefault(SSL_2, List.of()).stream()
                .map(code -> number(3, code))
                .toArray(byte[][]::new));
        byte[] certificate = chain.get(0);
        byte[] body = joined(
                number(1, 4),
                number(1, 0),
                number(1, 1),
                number(2, SSL_2),
                number(2, certificate.length),
                number(2, specs.length),
                number(2, 16),
                certificate,
                specs,
                new byte[16]);
        return joined(number(2, 0x8000 | body.length), body);
    }

    private static byte[] alert(int version, int level, int description) {
        return record(21, version, new byte[] {(byte) level, (byte) description});
    }

    private static byte[] record(int type, int version, byte[] content) {
        return joined(number(1, type), number(2, version), vector(2, content));
    }

    private static byte[] message(int type, byte[] body) {
        return joined(number(1, type), vector(3, body));
    }

    private static byte[] vector(int lengthBytes, byte[] content) {
        return joined(number(lengthBytes, content.length), content);
    }

    private static byte[] number(int bytes, int value) {
        byte[] out = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            out[i] = (byte) (value >> (8 * (bytes - 1 - i)));
        }
        return out;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
