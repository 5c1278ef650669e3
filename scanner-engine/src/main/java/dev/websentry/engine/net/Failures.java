package dev.websentry.engine.net;

import dev.websentry.engine.observe.Exchange.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Sorts what goes wrong on a connection into the kinds that verdicts tell apart. */
final class Failures {
    private Failures() {}

    /** @param clientCertificateAsked whether the server asked for a client certificate in this scan */
    static Failure classify(IOException failure, boolean clientCertificateAsked) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DialException dial) {
                return new Failure(dial.kind(), detail(dial));
            }
        }
        if (failure instanceof UnknownHostException) {
            return new Failure(Failure.Kind.UNRESOLVABLE, detail(failure));
        }
        if (failure instanceof InterruptedIOException) {
            return new Failure(Failure.Kind.READ_TIMED_OUT, "no whole answer in time");
        }
        if (clientCertificateAsked) {
            return new Failure(Failure.Kind.CLIENT_CERTIFICATE_REQUIRED, "the server demands a client certificate");
        }
        if (failure instanceof SSLException) {
            return new Failure(Failure.Kind.TLS_FAILED, detail(failure));
        }
        if (failure instanceof ProtocolException) {
            return new Failure(Failure.Kind.MALFORMED, detail(failure));
        }
        return new Failure(Failure.Kind.CONNECTION_LOST, detail(failure));
    }

    private static String detail(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
