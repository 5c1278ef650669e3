package dev.websentry.engine.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.Call;
import okhttp3.Response;

/** Sends the requests of OkHttp calls. */
final class CallSender {
    private CallSender() {}

    /**
     * Sends a request and reads the header section of the response.
     *
     * @throws InterruptedIOException if the thread is interrupted, with its interrupt status set
     */
    static Response execute(Call call) throws IOException {
        try {
            return call.execute();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // OkHttp throws an undeclared InterruptedException if the thread is interrupted as it connects.
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }
}
