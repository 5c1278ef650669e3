package dev.websentry.engine.net;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Joins the folded lines of the header sections of one HTTP/1.1 response (RFC 9112 section 5.2): a line break and the
 * white space after it become one space, as in browsers. Lines end with CRLF or LF (section 2.2). Lines with leading
 * white space directly after the status line are dropped, as section 2.2 requires.
 */
final class HeaderLineUnfolder {
    private enum LinePosition {
        /** Before the status line. */
        STATUS_LINE,
        /** After the status line, where a line with leading white space is not a continuation. */
        FIRST_FIELD,
        /** In a line that is dropped. */
        DROPPED_LINE,
        /** In a field line, or in the line break after it. */
        FIELD_LINE,
        /** In the white space that begins a continuation line. */
        FOLD,
        /** After the final header section. */
        BODY
    }

    private static final int STATUS_CLASS_AT = 9;
    private static final int STATUS_LAST_DIGIT_AT = 11;

    private static final int VERTICAL_TAB = 0x0b;
    private static final int FILE_SEPARATOR = 0x1c;
    /** U+FFFD. */
    private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final byte[] statusLine = new byte[STATUS_LAST_DIGIT_AT + 1];
    private LinePosition position = LinePosition.STATUS_LINE;
    /** The line break that is not written yet, because a continuation line may follow: "", CR, LF or CRLF. */
    private String heldBreak = "";
    /** The number of bytes of the current line, without its line break. */
    private int lineBytes;

    private int headerBytes;

    /**
     * Processes received bytes.
     *
     * @param bytes the buffer
     * @param count the number of received bytes
     * @return the bytes for the HTTP client, possibly none yet
     */
    byte[] unfold(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (position == LinePosition.BODY) {
                out.write(bytes, i, count - i);
                break;
            }
            headerBytes++;
            accept(bytes[i]);
        }
        return drain();
    }

    /** Returns the bytes that remain when the connection ends within a header section. */
    byte[] end() {
        releaseBreak();
        return drain();
    }

    /** Returns whether the final header section has ended. */
    boolean isComplete() {
        return position == LinePosition.BODY;
    }

    /** Returns the number of bytes of header sections that were processed. */
    int headerBytes() {
        return headerBytes;
    }

    private void accept(byte b) {
        switch (position) {
            case STATUS_LINE -> acceptStatusLine(b);
            case FIRST_FIELD -> {
                if (isWhiteSpace(b)) {
                    position = LinePosition.DROPPED_LINE;
                } else {
                    position = LinePosition.FIELD_LINE;
                    acceptFieldLine(b);
                }
            }
            case DROPPED_LINE -> position = b == '\n' ? LinePosition.FIRST_FIELD : LinePosition.DROPPED_LINE;
            case FOLD -> {
                if (!isWhiteSpace(b)) {
                    position = LinePosition.FIELD_LINE;
                    acceptFieldLine(b);
                }
            }
            default -> acceptFieldLine(b);
        }
    }

    private void acceptStatusLine(byte b) {
        out.write(b);
        if (b != '\n') {
            if (lineBytes < statusLine.length) {
                statusLine[lineBytes] = b;
            }
            lineBytes++;
        } else if (lineBytes > 1 || lineBytes == 1 && statusLine[0] != '\r') {
            position = LinePosition.FIRST_FIELD;
            lineBytes = 0;
        } else {
            lineBytes = 0;
        }
    }

    private void acceptFieldLine(byte b) {
        if (heldBreak.endsWith("\n")) {
            // The first byte of a line.
            if (isWhiteSpace(b)) {
                heldBreak = "";
                out.write(' ');
                position = LinePosition.FOLD;
                return;
            }
            releaseBreak();
            lineBytes = 0;
        }
        if (b == '\n') {
            heldBreak += "\n";
            if (lineBytes == 0) {
                endSection();
            }
        } else {
            lineBytes += heldBreak.length();
            releaseBreak();
            if (b == '\r') {
                heldBreak = "\r";
            } else {
                writeField(b);
                lineBytes++;
            }
        }
    }

    /**
     * Writes a byte of a field line. Control characters that the HTTP client would trim as white space are replaced,
     * because only spaces and tabs surround a field value (RFC 9110 section 5.5).
     */
    private void writeField(byte b) {
        if (b == VERTICAL_TAB || (b >= FILE_SEPARATOR && b < ' ')) {
            out.writeBytes(REPLACEMENT);
        } else {
            out.write(b);
        }
    }

    private void endSection() {
        releaseBreak();
        position = isInformational() ? LinePosition.STATUS_LINE : LinePosition.BODY;
        Arrays.fill(statusLine, (byte) 0);
    }

    /** Returns whether another header section follows: after 1xx, except 101 (RFC 9110 section 15.2). */
    private boolean isInformational() {
        return statusLine[STATUS_CLASS_AT] == '1'
                && !(statusLine[STATUS_CLASS_AT + 1] == '0' && statusLine[STATUS_LAST_DIGIT_AT] == '1');
    }

    private void releaseBreak() {
        for (int i = 0; i < heldBreak.length(); i++) {
            out.write(heldBreak.charAt(i));
        }
        heldBreak = "";
    }

    private byte[] drain() {
        byte[] drained = out.toByteArray();
        out.reset();
        return drained;
    }

    private static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\t';
    }
}
