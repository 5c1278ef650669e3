package dev.websentry.engine.syntax.tls;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import okio.ByteString;

/**
 * Reads handshake messages from the unencrypted records of a server.
 *
 * <p>The size of a record, of a message and of the whole flight are limited. Read timeouts are the responsibility of
 * the stream.
 */
final class HandshakeReader {
    /** Maximum length of a record in bytes (RFC 5246 section 6.2.3). */
    static final int MAX_RECORD_BYTES = (1 << 14) + 2048;
    /**
     * Maximum length of a handshake message in bytes. It suffices for a long certificate chain; the protocol allows 16
     * MiB.
     */
    static final int MAX_MESSAGE_BYTES = 128 << 10;

    private static final int MAX_BYTES = 256 << 10;
    private static final int MAX_RECORDS = 4096;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int WARNING = 1;
    private static final int UNRECOGNIZED_NAME = 112;

    private final InputStream in;
    private byte[] pending = new byte[0];
    private int total;
    private int records;

    HandshakeReader(InputStream in) {
        this.in = in;
    }

    /**
     * A handshake message.
     *
     * @param type handshake type
     * @param body content without the message header
     */
    record HandshakeMessage(int type, ByteString body) {}

    /** Thrown when the server sends an alert. */
    static final class TlsAlertException extends IOException {
        private static final long serialVersionUID = 1L;

        TlsAlertException(int description) {
            super("alert " + description + " (" + AlertNames.of(description) + ")");
        }
    }

    /** Thrown when the first bytes are not a TLS record. */
    static final class NotTlsException extends IOException {
        private static final long serialVersionUID = 1L;

        NotTlsException(byte[] firstBytes) {
            super(printable(firstBytes));
        }

        private static String printable(byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^\\x20-\\x7e]", ".");
        }
    }

    /**
     * Reads the next handshake message.
     *
     * @return the message
     * @throws EOFException if the stream ends before or within the message
     * @throws TlsAlertException if the server sends an alert instead
     * @throws NotTlsException if the first bytes of the stream are not a TLS record
     * @throws MalformedTlsException if the bytes violate the protocol or a size limit
     * @throws IOException if reading the stream fails
     */
    HandshakeMessage next() throws IOException {
        while (pending.length < 4 || pending.length - 4 < length()) {
            append(record());
        }
        ByteReader reader = new ByteReader(pending);
        int type = reader.number(1);
        byte[] body = reader.bytes(reader.number(3));
        pending = reader.rest();
        return new HandshakeMessage(type, ByteString.of(body));
    }

    private int length() throws MalformedTlsException {
        ByteReader reader = new ByteReader(pending);
        reader.number(1);
        int length = reader.number(3);
        if (length > MAX_MESSAGE_BYTES) {
            throw new MalformedTlsException("handshake message of " + length + " bytes exceeds the limit");
        }
        return length;
    }

    private void append(byte[] content) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(pending.length + content.length);
        joined.writeBytes(pending);
        joined.writeBytes(content);
        pending = joined.toByteArray();
    }

    /** Reads the content of the next handshake record. */
    private byte[] record() throws IOException {
        byte[] header = in.readNBytes(5);
        if (header.length == 0) {
            throw new EOFException("the connection was closed");
        }
        ByteReader reader = new ByteReader(header);
        int type = reader.number(1);
        boolean known = type == ALERT || type == HANDSHAKE;
        if (!known || (header.length > 1 && header[1] != 3)) {
            if (records == 0) {
                throw new NotTlsException(header);
            }
            throw new MalformedTlsException("unexpected record of type " + type + " during the handshake");
        }
        if (header.length < 5) {
            throw new EOFException("the connection was closed inside a record");
        }
        reader.number(2);
        byte[] content = content(reader.number(2));
        if (type != ALERT) {
            return content;
        }
        int description = content.length < 2 ? -1 : content[1] & 0xff;
        if (description == UNRECOGNIZED_NAME && content[0] == WARNING) {
            // RFC 6066 section 3: the server does not know the name and continues.
            return new byte[0];
        }
        throw new TlsAlertException(description);
    }

    private byte[] content(int length) throws IOException {
        total += length;
        records++;
        if (length == 0 || length > MAX_RECORD_BYTES || total > MAX_BYTES || records > MAX_RECORDS) {
            throw new MalformedTlsException("record of " + length + " bytes, " + total + " in total");
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("the connection was closed inside a record");
        }
        return content;
    }
}
