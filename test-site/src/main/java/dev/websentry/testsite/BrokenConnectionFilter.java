package dev.websentry.testsite;

import java.io.IOException;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Hides the stack traces of connections that the other side breaks or uses for another protocol, which is what many
 * tests do on purpose. A failed handler is still logged.
 */
final class BrokenConnectionFilter implements Filter {
    /** Loggers are kept here, because their settings are lost with the last reference. */
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger(MockWebServer.class.getName()), Logger.getLogger(OkHttpClient.class.getName()));

    private BrokenConnectionFilter() {}

    static void install() {
        LOGGERS.forEach(logger -> logger.setFilter(new BrokenConnectionFilter()));
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        String message = String.valueOf(record.getMessage());
        return !message.contains("MockWebServer") || !isCausedByTheOtherSide(message, record.getThrown());
    }

    private static boolean isCausedByTheOtherSide(String message, @Nullable Throwable failure) {
        if (failure == null) {
            return message.endsWith("didn't make a request");
        }
        // The latter is a TLS handshake that a server without TLS reads as a request.
        return failure instanceof IOException
                || String.valueOf(failure.getMessage()).startsWith("Invalid URL");
    }
}
