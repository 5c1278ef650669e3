package dev.websentry.engine.syntax.tls;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
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
 * A TLS 1.3 handshake as far as the server's certificate, which is encrypted from that version on: key exchange by X25519,
 * then the messages up to Certificate. It goes no further: nothing is proven, and nothing is sent but the hello.
 */
public final class Tls13Exchange {
    private static final int KEY_BYTES = 32;
    private static final int APPLICATION_DATA = 23;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int CERTIFICATE = 11;
    private static final int CERTIFICATE_REQUEST = 13;
    private static final int STATUS_REQUEST = 5;
    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_RECORDS = 1024;

    private final ClientHello hello;
    private final KeyPair keys;

    private Tls13Exchange(ClientHello hello, KeyPair keys) {
        this.hello = hello;
        this.keys = keys;
    }

    /** @param hello of TLS 1.3; its groups and key shares are replaced */
    public static Tls13Exchange begin(ClientHello hello) {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("X25519").generateKeyPair();
            int group = NamedGroup.X25519.code();
            ByteString share = ByteString.of(littleEndian(((XECPublicKey) keys.getPublic()).getU()));
            return new Tls13Exchange(
                    hello.withGroups(List.of(group), List.of(new ClientHello.KeyShare(group, share))), keys);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every runtime since Java 11 has X25519", e);
        }
    }

    /** The hello to send. */
    public ClientHello hello() {
        return hello;
    }

    /**
     * Reads the server's flight as far as its certificate.
     *
     * @throws IOException of the stream
     */
    public ServerReply read(InputStream in) throws IOException {
        HandshakeReader.Message first;
        ServerHello answer;
        try {
            first = new HandshakeReader(in).next();
            answer = ServerHello.parse(first.body().toByteArray());
        } catch (HandshakeReader.AlertException | EOFException e) {
            return new ServerReply.Refused(String.valueOf(e.getMessage()));
        } catch (HandshakeReader.NotTlsException | MalformedTlsException e) {
            return new ServerReply.NotTls(String.valueOf(e.getMessage()));
        }
        Flight flight = new Flight();
        if (!answer.retryRequest() && answer.version() == ProtocolVersion.TLS_1_3.code()) {
            readOn(in, first, answer, flight);
        }
        return new ServerReply.Answered(new ServerFlight(
                answer,
                flight.certificates,
                flight.stapled,
                OptionalInt.empty(),
                OptionalInt.empty(),
                flight.clientCertificateRequested));
    }

    private void readOn(InputStream in, HandshakeReader.Message first, ServerHello answer, Flight flight) {
        byte[] serverHello = first.body().toByteArray();
        byte[] transcript = new ByteWriter()
                .bytes(hello.message())
                .number(1, first.type())
                .vector(3, serverHello)
                .toBytes();
        try {
            readMessages(in, new Tls13Keys(answer.suite(), shared(answer.keyShare()), transcript), flight);
        } catch (IOException | GeneralSecurityException | ProviderException e) {
            // The ServerHello stands; a certificate that did not come whole is a certificate not seen.
        }
    }

    private byte[] shared(ByteString share) throws GeneralSecurityException {
        if (share.size() != KEY_BYTES) {
            throw new GeneralSecurityException("a key of " + share.size() + " bytes");
        }
        BigInteger u = new BigInteger(1, reversed(share.toByteArray())).clearBit(255);
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(keys.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("X25519").generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u)),
                true);
        return agreement.generateSecret();
    }

    private static void readMessages(InputStream in, Tls13Keys keys, Flight flight)
            throws IOException, GeneralSecurityException {
        byte[] pending = new byte[0];
        int total = 0;
        for (int records = 0; records < MOST_RECORDS; records++) {
            byte[] header = in.readNBytes(5);
            ByteReader fields = new ByteReader(header);
            int type = fields.number(1);
            fields.number(2);
            int length = fields.number(2);
            total += length;
            if (length > HandshakeReader.MOST_RECORD || total > MOST_BYTES) {
                throw new MalformedTlsException("a record of " + length + " bytes, " + total + " in all");
            }
            byte[] content = in.readNBytes(length);
            if (type == CHANGE_CIPHER_SPEC) {
                continue;
            }
            if (type != APPLICATION_DATA || content.length < length) {
                throw new MalformedTlsException("a record of type " + type);
            }
            pending = new ByteWriter()
                    .bytes(pending)
                    .bytes(handshakeContent(keys.open(header, content)))
                    .toBytes();
            Optional<byte[]> rest = flight.take(pending);
            if (rest.isEmpty()) {
                return;
            }
            pending = rest.get();
        }
    }

    /** Without the padding and the type behind it, section 5.4. */
    private static byte[] handshakeContent(byte[] inner) throws MalformedTlsException {
        int end = inner.length - 1;
        while (end >= 0 && inner[end] == 0) {
            end--;
        }
        if (end < 0 || inner[end] != HANDSHAKE) {
            throw new MalformedTlsException("no handshake message in the record");
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

    /** What the encrypted messages said so far. */
    private static final class Flight {
        private final List<byte[]> certificates = new ArrayList<>();
        private Optional<byte[]> stapled = Optional.empty();
        private boolean clientCertificateRequested;

        /** Takes whole messages; returns what is left, and nothing once the certificate has come. */
        Optional<byte[]> take(byte[] pending) throws MalformedTlsException {
            byte[] rest = pending;
            while (rest.length >= 4) {
                ByteReader in = new ByteReader(rest);
                int type = in.number(1);
                int length = in.number(3);
                if (length > HandshakeReader.MOST_MESSAGE) {
                    throw new MalformedTlsException("a handshake message of " + length + " bytes");
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
                    if (type == STATUS_REQUEST && certificates.size() == 1 && content.number(1) == 1) {
                        stapled = Optional.of(content.vector(3).rest());
                    }
                }
            }
        }
    }
}
