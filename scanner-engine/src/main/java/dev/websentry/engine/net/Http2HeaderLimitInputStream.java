package dev.websentry.engine.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * An input stream of HTTP/2 frames that limits the size of header blocks (RFC 9113 sections 4.1, 4.3 and 6.10). The
 * HTTP client limits the number of characters of the fields, which does not stop a block of empty fields, one byte
 * each, from filling the heap.
 */
final class Http2HeaderLimitInputStream extends FilterInputStream {
    /**
     * The maximum size of one compressed header block in bytes, including all CONTINUATION frames and frame headers.
     */
    static final int MAX_HEADER_BLOCK_BYTES = 128 << 10;

    private static final int FRAME_HEADER_BYTES = 9;
    private static final int HEADERS = 1;
    private static final int PUSH_PROMISE = 5;
    private static final int CONTINUATION = 9;

    private final byte[] frameHeader = new byte[FRAME_HEADER_BYTES];
    private int frameHeaderBytes;
    private int remainingPayload;
    private int blockBytes;

    Http2HeaderLimitInputStream(InputStream in) {
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
            at += consume(bytes, at, offset + count - at);
        }
        return count;
    }

    @Override
    public long skip(long count) {
        throw new UnsupportedOperationException("skip is not supported: every frame must be parsed");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Consumes bytes of the current frame's header or payload and returns their number. */
    private int consume(byte[] bytes, int at, int available) throws IOException {
        if (remainingPayload > 0) {
            int consumed = Math.min(remainingPayload, available);
            remainingPayload -= consumed;
            return consumed;
        }
        frameHeader[frameHeaderBytes++] = bytes[at];
        if (frameHeaderBytes == FRAME_HEADER_BYTES) {
            frameHeaderBytes = 0;
            remainingPayload = (frameHeader[0] & 0xff) << 16 | (frameHeader[1] & 0xff) << 8 | (frameHeader[2] & 0xff);
            count(frameHeader[3] & 0xff);
        }
        return 1;
    }

    private void count(int type) throws IOException {
        if (type == HEADERS || type == PUSH_PROMISE) {
            blockBytes = 0;
        }
        if (type == HEADERS || type == PUSH_PROMISE || type == CONTINUATION) {
            blockBytes += FRAME_HEADER_BYTES + remainingPayload;
        }
        if (blockBytes > MAX_HEADER_BLOCK_BYTES) {
            throw new ProtocolException("a header block exceeds " + (MAX_HEADER_BLOCK_BYTES >> 10) + " KiB");
        }
    }
}
