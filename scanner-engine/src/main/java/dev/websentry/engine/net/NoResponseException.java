package dev.websentry.engine.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import okhttp3.Call;
import okhttp3.Response;

/** Thrown when a server accepted a connection for plain HTTP and closed it without a response. */
final class NoResponseException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The message of okio at the end of a stream that had nothing left to read. */
    private static final String NOTHING_READ = "limit=0 content=\u2026";

    private NoResponseException(IOException cause) {
        super("the server accepted the connection and closed it without a response", cause);
    }

    /**
     * Sends a request and reads the header section of the response.
     *
     * @throws NoResponseException if the server closed or reset the connection instead; only for plain HTTP, because
     *     the end of a TLS connection has more causes
     */
    static Response execute(Call call) throws IOException {
        try {
            return CallSender.execute(call);
        } catch (IOException e) {
            boolean closed = isReset(e) || isEndWithoutData(e);
            throw closed && !call.request().isHttps() ? new NoResponseException(e) : e;
        }
    }

    private static boolean isReset(IOException failure) {
        return failure instanceof SocketException && !(failure instanceof ConnectException);
    }

    private static boolean isEndWithoutData(IOException failure) {
        return failure.getCause() instanceof EOFException end
                && String.valueOf(end.getMessage()).contains(NOTHING_READ);
    }
}
