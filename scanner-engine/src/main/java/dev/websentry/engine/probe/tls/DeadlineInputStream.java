package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** The input stream of a socket whose reads time out at a deadline, however slowly the bytes arrive. */
final class DeadlineInputStream extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private final Deadline deadline;

    /** Wraps the input stream of a connected socket. */
    DeadlineInputStream(Socket socket, Deadline deadline) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (deadline.hasPassed()) {
            throw new SocketTimeoutException("the deadline passed");
        }
        socket.setSoTimeout(deadline.socketMillis());
        return in.read(into, offset, length);
    }
}
