package dev.websentry.engine.syntax.tls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import okio.ByteString;

/**
 * A ServerHello message, or a HelloRetryRequest, which has the same format (RFC 8446 section 4.1.3).
 *
 * @param version code point of the selected version; from the supported_versions extension if present
 * @param suite selected cipher suite
 * @param helloRetryRequest whether the message is a HelloRetryRequest
 * @param group code point of the group of the key share, or of the group that a HelloRetryRequest selects
 * @param keyShare public key of the server; empty in a HelloRetryRequest and up to TLS 1.2
 * @param alpnProtocol protocol selected by ALPN; up to TLS 1.2 only
 * @param timestamps SignedCertificateTimestampList (RFC 6962 section 3.3); up to TLS 1.2 only, otherwise empty
 */
public record ServerHello(
        int version,
        CipherSuite suite,
        boolean helloRetryRequest,
        OptionalInt group,
        ByteString keyShare,
        Optional<String> alpnProtocol,
        ByteString timestamps) {
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x21-\\x7e]");
    private static final byte[] RETRY_RANDOM =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    /**
     * Parses a message.
     *
     * @param body message without its header
     * @return the message
     * @throws MalformedTlsException if the message is invalid
     */
    public static ServerHello parse(byte[] body) throws MalformedTlsException {
        ByteReader in = new ByteReader(body);
        int version = in.number(2);
        boolean retry = Arrays.equals(in.bytes(32), RETRY_RANDOM);
        ByteReader sessionId = in.vector(1);
        if (sessionId.rest().length > 32) {
            throw new MalformedTlsException("session ID of more than 32 bytes");
        }
        CipherSuite suite = CipherSuite.of(in.number(2));
        if (in.number(1) != 0) {
            throw new MalformedTlsException("compression method that was not offered");
        }
        ServerHelloExtensions extensions = new ServerHelloExtensions(version, retry);
        if (!in.isEmpty()) {
            extensions.read(in.vector(2));
        }
        return new ServerHello(
                extensions.version,
                suite,
                retry,
                extensions.group,
                extensions.keyShare,
                extensions.protocol,
                extensions.timestamps);
    }

    private static final class ServerHelloExtensions {
        private final boolean retry;
        private final Set<Integer> seen = new HashSet<>();
        private int version;
        private OptionalInt group = OptionalInt.empty();
        private ByteString keyShare = ByteString.EMPTY;
        private Optional<String> protocol = Optional.empty();
        private ByteString timestamps = ByteString.EMPTY;

        ServerHelloExtensions(int version, boolean retry) {
            this.version = version;
            this.retry = retry;
        }

        void read(ByteReader in) throws MalformedTlsException {
            while (!in.isEmpty()) {
                int type = in.number(2);
                ByteReader content = in.vector(2);
                if (!seen.add(type)) {
                    throw new MalformedTlsException("duplicate extension " + type);
                }
                switch (type) {
                    case 16 -> protocol = Optional.of(text(content.vector(2).vector(1)));
                    case 18 -> timestamps = ByteString.of(content.rest());
                    case 43 -> version = content.number(2);
                    case 51 -> {
                        group = OptionalInt.of(content.number(2));
                        keyShare = retry
                                ? ByteString.EMPTY
                                : ByteString.of(content.vector(2).rest());
                    }
                    default -> {
                        // Other extensions are not relevant.
                    }
                }
            }
        }

        private static String text(ByteReader in) throws MalformedTlsException {
            return UNPRINTABLE
                    .matcher(new String(in.rest(), StandardCharsets.ISO_8859_1))
                    .replaceAll(".");
        }
    }
}
