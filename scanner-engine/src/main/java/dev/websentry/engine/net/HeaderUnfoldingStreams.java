package dev.websentry.engine.net;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * The two streams of an HTTP/1.1 connection, with folded header lines joined (RFC 9112 section 5.2). The HTTP client
 * reads every line as a field of its own and would lose all but the first line of a folded field.
 *
 * <p>A header section begins with the first byte that is read after a request was written, because the client does not
 * pipeline. It ends with an empty line; an informational response is followed by another section. All other bytes are
 * bodies and pass unchanged, with their chunk sizes and trailers.
 */
final class HeaderUnfoldingStreams {
    /** The maximum size of the header sections of one response in bytes; the HTTP client limits what it reads of it. */
    static final int MAX_HEADER_BYTES = 1 << 20;

    private final InputStream input;
    private final OutputStream output;
    private volatile @Nullable HeaderLineUnfolder header;

    HeaderUnfoldingStreams(InputStream in, OutputStream out) {
        this.input = new ResponseStream(in);
        this.output = new RequestStream(out);
    }

    InputStream input() {
        return input;
    }

    OutputStream output() {
        return output;
    }

    private final class RequestStream extends FilterOutputStream {
        RequestStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            header = new HeaderLineUnfolder();
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            header = new HeaderLineUnfolder();
            out.write(bytes, offset, length);
        }
    }

    private final class ResponseStream extends InputStream {
        private final InputStream in;
        private final byte[] chunk = new byte[8192];
        private byte[] ready = new byte[0];
        private int readyAt;

        ResponseStream(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (readyAt == ready.length) {
                HeaderLineUnfolder current = header;
                if (current == null) {
                    return in.read(bytes, offset, length);
                }
                int count = in.read(chunk);
                ready = count < 0 ? current.end() : current.unfold(chunk, count);
                readyAt = 0;
                if (current.isComplete() || count < 0) {
                    header = null;
                } else if (current.headerBytes() > MAX_HEADER_BYTES) {
                    throw new ProtocolException("the header section exceeds " + (MAX_HEADER_BYTES >> 10) + " KiB");
                }
            }
            int copied = Math.min(length, ready.length - readyAt);
            System.arraycopy(ready, readyAt, bytes, offset, copied);
            readyAt += copied;
            return copied;
        }

        @Override
        public int available() throws IOException {
            return ready.length - readyAt + in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
