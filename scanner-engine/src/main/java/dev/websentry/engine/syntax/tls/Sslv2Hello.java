package dev.websentry.engine.syntax.tls;

import java.io.IOException;
import java.io.InputStream;

/** Hello messages of SSLv2 (Internet-Draft of 1995), which RFC 6176 prohibits. */
public final class Sslv2Hello {
    private static final int SERVER_HELLO = 4;
    /** All cipher kinds of SSLv2: RC4, RC4-40, RC2, RC2-40, IDEA, DES and 3DES, each with MD5. */
    private static final int[] CIPHER_KINDS = {0x010080, 0x020080, 0x030080, 0x040080, 0x050080, 0x060040, 0x0700C0};

    private Sslv2Hello() {}

    /**
     * Returns the encoded ClientHello that offers all ciphers.
     *
     * @param challenge 16 to 32 random bytes
     */
    public static byte[] clientHello(byte[] challenge) {
        ByteWriter body = new ByteWriter()
                .number(1, 1)
                .number(2, ProtocolVersion.SSL_2.code())
                .number(2, 3 * CIPHER_KINDS.length)
                .number(2, 0)
                .number(2, challenge.length);
        for (int kind : CIPHER_KINDS) {
            body.number(3, kind);
        }
        byte[] message = body.bytes(challenge).toBytes();
        return new ByteWriter()
                .number(2, 0x8000 | message.length)
                .bytes(message)
                .toBytes();
    }

    /**
     * Reads the first 7 bytes of a server and returns whether they start an SSLv2 ServerHello.
     *
     * @param in stream of the connection
     * @throws IOException if reading the stream fails
     */
    public static boolean isServerHello(InputStream in) throws IOException {
        byte[] first = in.readNBytes(7);
        // Length with the high bit set, message type, session-id-hit, certificate type, version.
        return first.length == 7
                && (first[0] & 0x80) != 0
                && first[2] == SERVER_HELLO
                && first[5] == 0
                && first[6] == 2;
    }
}
