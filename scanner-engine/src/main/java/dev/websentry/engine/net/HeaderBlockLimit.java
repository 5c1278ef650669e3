package dev.websentry.engine.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * What an HTTP/2 server sends, with an end to its header blocks (RFC 9113 sections 4.1, 4.3 and 6.10). The client above
 * counts the characters of the fields; a block of empty fields, one byte each, has none and would fill the heap.
 */
final class HeaderBlockLimit extends FilterInputStream {
    /** Bytes of one block as it is sent, compressed and over all its CONTINUATION frames, their heads included. */
    static final int MOST = 128 << 10;

    private static final int FRAME_HEAD = 9;
    private static final int HEADERS = 1;
    private static final int PUSH_PROMISE = 5;
    private static final int CONTINUATION = 9;

    private final byte[] head = new byte[FRAME_HEAD];
    private int headBytes;
    private int payloadLeft;
    private int block;

    HeaderBlockLimit(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        int at = offset;
        while (at < offset + count) {
            at += pass(bytes, at, offset + count - at);
        }
        return count;
    }

    @Override
    public long skip(long count) {
        throw new UnsupportedOperationException("every frame is looked at");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** How many of the bytes belonged to the frame's head or payload that is under way. */
    private int pass(byte[] bytes, int at, int available) throws IOException {
        if (payloadLeft > 0) {
            int taken = Math.min(payloadLeft, available);
            payloadLeft -= taken;
            return taken;
        }
        head[headBytes++] = bytes[at];
        if (headBytes == FRAME_HEAD) {
            headBytes = 0;
            payloadLeft = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | (head[2] & 0xff);
            count(head[3] & 0xff);
        }
        return 1;
    }

    private void count(int type) throws IOException {
        if (type == HEADERS || type == PUSH_PROMISE) {
            block = 0;
        }
        if (type == HEADERS || type == PUSH_PROMISE || type == CONTINUATION) {
            block += FRAME_HEAD + payloadLeft;
        }
        if (block > MOST) {
            throw new ProtocolException("a header block goes on beyond " + (MOST >> 10) + " KiB");
        }
    }
}
