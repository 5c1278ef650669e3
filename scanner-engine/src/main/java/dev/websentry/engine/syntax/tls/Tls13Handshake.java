package dev.websentry.engine.syntax.tls;

import dev.websentry.engine.syntax.Quantity;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.crypto.KeyAgreement;
import okio.ByteString;

/**
 * A TLS 1.3 handshake up to the certificate of the server, which TLS 1.3 encrypts.
 *
 * <p>Performs the key exchange with X25519 and reads the messages up to Certificate. The server is not authenticated,
 * and nothing is sent after the ClientHello.
 */
public final class Tls13Handshake {
    private static final int KEY_BYTES = 32;
    private static final int APPLICATION_DATA = 23;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int CERTIFICATE = 11;
    private static final int CERTIFICATE_REQUEST = 13;
    private static final int STATUS_REQUEST = 5;
    private static final int SIGNED_CERTIFICATE_TIMESTAMP = 18;
    private static final int MAX_BYTES = 256 << 10;
    private static final int MAX_RECORDS = 1024;

    private final ClientHello hello;

    private Tls13Handshake(ClientHello hello) {
        this.hello = hello;
    }

    /** The key pair of all handshakes. No handshake is completed, so that the keys protect nothing. */
    private static final class SharedKeys {
        private static final KeyPair X25519 = generate();

        private static KeyPair generate() {
            try {
                return KeyPairGenerator.getInstance("X25519").generateKeyPair();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every runtime since Java 11 has X25519", e);
            }
        }
    }

    /**
     * Starts a handshake.
     *
     * @param hello ClientHello of TLS 1.3; its groups and key shares are replaced
     */
    public static Tls13Handshake start(ClientHello hello) {
        int group = NamedGroup.X25519.code();
        ByteString share = ByteString.of(littleEndian(((XECPublicKey) SharedKeys.X25519.getPublic()).getU()));
        return new Tls13Handshake(hello.withGroups(List.of(group), List.of(new ClientHello.KeyShare(group, share))));
    }

    /** Returns the ClientHello to send. */
    public ClientHello hello() {
        return hello;
    }

    /**
     * Reads the flight of the server up to its certificate.
     *
     * @param in stream of the connection; the caller must set a read timeout
     * @return the response; without certificates if they could not be read completely
     * @throws IOException if the stream fails before the ServerHello
     */
    public HandshakeReply readFlight(InputStream in) throws IOException {
        HandshakeReader.HandshakeMessage first;
        ServerHello answer;
        try {
            first = new HandshakeReader(in).next();
            answer = ServerHello.parse(first.body().toByteArray());
        } catch (HandshakeReader.TlsAlertException | EOFException e) {
            return new HandshakeReply.HandshakeRefused(String.valueOf(e.getMessage()));
        } catch (HandshakeReader.NotTlsException | MalformedTlsException e) {
            return new HandshakeReply.NotTlsReply(String.valueOf(e.getMessage()));
        }
        EncryptedMessages messages = new EncryptedMessages();
        if (!answer.helloRetryRequest() && answer.version() == ProtocolVersion.TLS_1_3.code()) {
            readEncrypted(in, first, answer, messages);
        }
        return new HandshakeReply.ServerFlightReceived(new ServerFlight(
                answer,
                messages.certificates,
                messages.stapled,
                messages.timestamps,
                OptionalInt.empty(),
                OptionalInt.empty(),
                messages.clientCertificateRequested));
    }

    private void readEncrypted(
            InputStream in, HandshakeReader.HandshakeMessage first, ServerHello answer, EncryptedMessages messages) {
        byte[] serverHello = first.body().toByteArray();
        byte[] transcript = new ByteWriter()
                .bytes(hello.toHandshakeMessage())
                .number(1, first.type())
                .vector(3, serverHello)
                .toBytes();
        try {
            readMessages(in, new Tls13RecordDecryptor(answer.suite(), shared(answer.keyShare()), transcript), messages);
        } catch (IOException | GeneralSecurityException | ProviderException e) {
            // Keep the ServerHello. An incomplete Certificate message counts as not received.
        }
    }

    private byte[] shared(ByteString share) throws GeneralSecurityException {
        if (share.size() != KEY_BYTES) {
            throw new GeneralSecurityException("X25519 key of " + Quantity.of(share.size(), "byte"));
        }
        BigInteger u = new BigInteger(1, reversed(share.toByteArray())).clearBit(255);
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(SharedKeys.X25519.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("X25519").generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u)),
                true);
        return agreement.generateSecret();
    }

    private static void readMessages(InputStream in, Tls13RecordDecryptor keys, EncryptedMessages messages)
            throws IOException, GeneralSecurityException {
        byte[] pending = new byte[0];
        int total = 0;
        for (int records = 0; records < MAX_RECORDS; records++) {
            byte[] header = in.readNBytes(5);
            ByteReader fields = new ByteReader(header);
            int type = fields.number(1);
            fields.number(2);
            int length = fields.number(2);
            total += length;
            if (length > HandshakeReader.MAX_RECORD_BYTES || total > MAX_BYTES) {
                throw new MalformedTlsException("record of " + length + " bytes, " + total + " in total");
            }
            byte[] content = in.readNBytes(length);
            if (type == CHANGE_CIPHER_SPEC) {
                continue;
            }
            if (type != APPLICATION_DATA || content.length < length) {
                throw new MalformedTlsException("unexpected record of type " + type);
            }
            pending = new ByteWriter()
                    .bytes(pending)
                    .bytes(handshakeContent(keys.decrypt(header, content)))
                    .toBytes();
            Optional<byte[]> rest = messages.process(pending);
            if (rest.isEmpty()) {
                return;
            }
            pending = rest.get();
        }
    }

    /** Removes the padding and the content type after the content (RFC 8446 section 5.4). */
    private static byte[] handshakeContent(byte[] inner) throws MalformedTlsException {
        int end = inner.length - 1;
        while (end >= 0 && inner[end] == 0) {
            end--;
        }
        if (end < 0 || inner[end] != HANDSHAKE) {
            throw new MalformedTlsException("the record does not contain a handshake message");
        }
        return java.util.Arrays.copyOf(inner, end);
    }

    private static byte[] littleEndian(BigInteger u) {
        byte[] big = u.toByteArray();
        byte[] padded = new byte[KEY_BYTES];
        int from = Math.max(0, big.length - KEY_BYTES);
        System.arraycopy(big, from, padded, KEY_BYTES - (big.length - from), big.length - from);
        return reversed(padded);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    /** The relevant contents of the encrypted messages. */
    private static final class EncryptedMessages {
        private final List<byte[]> certificates = new ArrayList<>();
        private Optional<byte[]> stapled = Optional.empty();
        private ByteString timestamps = ByteString.EMPTY;
        private boolean clientCertificateRequested;

        /**
         * Processes all complete messages.
         *
         * @return the remaining bytes; empty after the Certificate message
         */
        Optional<byte[]> process(byte[] pending) throws MalformedTlsException {
            byte[] rest = pending;
            while (rest.length >= 4) {
                ByteReader in = new ByteReader(rest);
                int type = in.number(1);
                int length = in.number(3);
                if (length > HandshakeReader.MAX_MESSAGE_BYTES) {
                    throw new MalformedTlsException("handshake message of " + length + " bytes exceeds the limit");
                }
                if (rest.length - 4 < length) {
                    break;
                }
                byte[] body = in.bytes(length);
                rest = in.rest();
                clientCertificateRequested |= type == CERTIFICATE_REQUEST;
                if (type == CERTIFICATE) {
                    readCertificates(new ByteReader(body));
                    return Optional.empty();
                }
            }
            return Optional.of(rest);
        }

        private void readCertificates(ByteReader in) throws MalformedTlsException {
            in.vector(1);
            ByteReader entries = in.vector(3);
            while (!entries.isEmpty() && certificates.size() < 20) {
                certificates.add(entries.vector(3).rest());
                ByteReader extensions = entries.vector(2);
                while (!extensions.isEmpty()) {
                    int type = extensions.number(2);
                    ByteReader content = extensions.vector(2);
                    if (certificates.size() == 1) {
                        readLeafExtension(type, content);
                    }
                }
            }
        }

        private void readLeafExtension(int type, ByteReader content) throws MalformedTlsException {
            if (type == STATUS_REQUEST && content.number(1) == 1) {
                stapled = Optional.of(content.vector(3).rest());
            } else if (type == SIGNED_CERTIFICATE_TIMESTAMP) {
                timestamps = ByteString.of(content.rest());
            }
        }
    }
}
