package dev.websentry.engine.syntax.tls;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import okio.ByteString;

/**
 * The messages that a server sends in response to a ClientHello, as far as they were received and could be read.
 *
 * @param hello the ServerHello
 * @param certificates the certificate chain, leaf first, each in DER; empty if no Certificate message was read
 * @param stapledOcsp the stapled OCSP response in DER
 * @param timestamps SignedCertificateTimestampList that the server sent in the handshake (RFC 6962 section 3.3.1); no
 *     bytes if it sent none
 * @param dhBits size of the finite-field Diffie-Hellman prime in bits; up to TLS 1.2 only
 * @param group code point of the elliptic-curve group in the ServerKeyExchange message; up to TLS 1.2 only
 * @param clientCertificateRequested whether the server asks for a client certificate
 */
public record ServerFlight(
        ServerHello hello,
        List<byte[]> certificates,
        Optional<byte[]> stapledOcsp,
        ByteString timestamps,
        OptionalInt dhBits,
        OptionalInt group,
        boolean clientCertificateRequested) {
    public ServerFlight {
        certificates = List.copyOf(certificates);
    }

    /** Collects the messages of a flight. */
    static final class Builder {
        private static final int MAX_CERTIFICATES = 20;
        private static final int CERTIFICATE = 11;
        private static final int KEY_EXCHANGE = 12;
        private static final int CERTIFICATE_REQUEST = 13;
        private static final int SERVER_HELLO_DONE = 14;
        private static final int CERTIFICATE_STATUS = 22;

        private final ServerHello hello;
        private final List<byte[]> certificates = new ArrayList<>();
        private Optional<byte[]> stapledOcsp = Optional.empty();
        private OptionalInt dhBits = OptionalInt.empty();
        private OptionalInt group = OptionalInt.empty();
        private boolean clientCertificateRequested;

        Builder(ServerHello hello) {
            this.hello = hello;
        }

        /**
         * Adds a message.
         *
         * @return true if further messages follow
         */
        boolean add(HandshakeReader.HandshakeMessage message) throws MalformedTlsException {
            ByteReader in = new ByteReader(message.body().toByteArray());
            switch (message.type()) {
                case CERTIFICATE -> readCertificates(in.vector(3));
                case CERTIFICATE_STATUS -> readStatus(in);
                case KEY_EXCHANGE -> readKeyExchange(in);
                case CERTIFICATE_REQUEST -> clientCertificateRequested = true;
                default -> {
                    // Other messages are not relevant.
                }
            }
            return message.type() != SERVER_HELLO_DONE;
        }

        ServerFlight build() {
            return new ServerFlight(
                    hello, certificates, stapledOcsp, hello.timestamps(), dhBits, group, clientCertificateRequested);
        }

        private void readCertificates(ByteReader in) throws MalformedTlsException {
            while (!in.isEmpty() && certificates.size() < MAX_CERTIFICATES) {
                certificates.add(in.vector(3).rest());
            }
        }

        private void readStatus(ByteReader in) throws MalformedTlsException {
            if (in.number(1) == 1) {
                stapledOcsp = Optional.of(in.vector(3).rest());
            }
        }

        private void readKeyExchange(ByteReader in) throws MalformedTlsException {
            if (hello.suite().isDhe()) {
                byte[] prime = in.vector(2).rest();
                dhBits = OptionalInt.of(new BigInteger(1, prime).bitLength());
            } else if (hello.suite().isEcdhe() && in.number(1) == 3) {
                group = OptionalInt.of(in.number(2));
            }
        }
    }
}
