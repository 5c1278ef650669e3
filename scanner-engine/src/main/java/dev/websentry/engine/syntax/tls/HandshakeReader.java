package dev.websentry.engine.syntax.tls;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import okio.ByteString;

/**
 * Takes handshake messages out of the records that a server sends in clear. Bounded: a record, a message and the whole have
 * a greatest size, whatever the stream holds. How long a read may take is the stream's business.
 */
final class HandshakeReader {
    /** RFC 5246 section 6.2.3. */
    static final int MOST_RECORD = (1 << 14) + 2048;
    /** Enough for a long certificate chain; the protocol itself would allow 16 MiB. */
    static final int MOST_MESSAGE = 128 << 10;

    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_RECORDS = 4096;
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

    /** A handshake message; the body has no header. */
    record Message(int type, ByteString body) {}

    /** The server gave up with an alert. */
    static final class AlertException extends IOException {
        private static final long serialVersionUID = 1L;

        AlertException(int description) {
            super("alert " + description + " (" + AlertNames.of(description) + ")");
        }
    }

    /** The first bytes are no TLS record. */
    static final class NotTlsException extends IOException {
        private static final long serialVersionUID = 1L;

        NotTlsException(byte[] beginning) {
            super(printable(beginning));
        }

        private static String printable(byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^\\x20-\\x7e]", ".");
        }
    }

    /**
     * The next handshake message.
     *
     * @throws EOFException when the stream ends before it
     * @throws AlertException when an alert comes instead
     * @throws NotTlsException when the very first bytes are no record
     * @throws MalformedTlsException when the bytes break the protocol or a bound
     */
    Message next() throws IOException {
        while (pending.length < 4 || pending.length - 4 < length()) {
            append(record());
        }
        ByteReader reader = new ByteReader(pending);
        int type = reader.number(1);
        byte[] body = reader.bytes(reader.number(3));
        pending = reader.rest();
        return new Message(type, ByteString.of(body));
    }

    private int length() throws MalformedTlsException {
        ByteReader reader = new ByteReader(pending);
        reader.number(1);
        int length = reader.number(3);
        if (length > MOST_MESSAGE) {
            throw new MalformedTlsException("a handshake message of " + length + " bytes");
        }
        return length;
    }

    private void append(byte[] content) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(pending.length + content.length);
        joined.writeBytes(pending);
        joined.writeBytes(content);
        pending = joined.toByteArray();
    }

    /** The content of the next handshake record. */
    private byte[] record() throws IOException {
        byte[] header = in.readNBytes(5);
        if (header.length == 0) {
            throw new EOFException("the connection ended");
        }
        ByteReader reader = new ByteReader(header);
        int type = reader.number(1);
        boolean known = type == ALERT || type == HANDSHAKE;
        if (!known || (header.length > 1 && header[1] != 3)) {
            if (records == 0) {
                throw new NotTlsException(header);
            }
            throw new MalformedTlsException("a record of type " + type + " inside the handshake");
        }
        if (header.length < 5) {
            throw new EOFException("the connection ended inside a record");
        }
        reader.number(2);
        byte[] content = content(reader.number(2));
        if (type != ALERT) {
            return content;
        }
        int description = content.length < 2 ? -1 : content[1] & 0xff;
        if (description == UNRECOGNIZED_NAME && content[0] == WARNING) {
            // RFC 6066 section 3: the server does not know the name and goes on.
            return new byte[0];
        }
        throw new AlertException(description);
    }

    private byte[] content(int length) throws IOException {
        total += length;
        records++;
        if (length == 0 || length > MOST_RECORD || total > MOST_BYTES || records > MOST_RECORDS) {
            throw new MalformedTlsException("a record of " + length + " bytes, " + total + " in all");
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("the connection ended inside a record");
        }
        return content;
    }
}
