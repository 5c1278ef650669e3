package dev.websentry.engine.net;

import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.HttpExchange.Failure.RequestFailureKind;
import dev.websentry.engine.syntax.Excerpt;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Maps the exceptions of connections and requests to the kinds of failures that checks distinguish. */
final class ConnectionFailureClassifier {
    /** The maximum number of characters of a message, which may contain text sent by the server. */
    private static final int MAX_DETAIL_LENGTH = 160;

    /**
     * JSSE's message, with the limit. JSSE stops to count there. It reads the limit once for the whole JVM, whose
     * settings a scan does not change.
     */
    private static final Pattern CHAIN_TOO_LONG =
            Pattern.compile("certificate chain length \\(\\d+\\) exceeds the maximum allowed length \\((\\d+)\\)");

    private ConnectionFailureClassifier() {}

    /**
     * Classifies an exception.
     *
     * @param failure the exception of a request
     * @param certificate whether the server requested a client certificate during this scan
     * @return the kind of failure and a message
     */
    static Failure classify(IOException failure, ClientAuthState certificate) {
        if (failure instanceof InterruptedIOException) {
            // Before the causes, which depend on when the request was cancelled.
            return new Failure(Failure.RequestFailureKind.READ_TIMED_OUT, "the response was not complete in time");
        }
        List<Throwable> causes = new ArrayList<>();
        collect(failure, causes);
        Optional<Failure> dial = dial(causes);
        if (dial.isPresent()) {
            return dial.get();
        }
        if (failure instanceof UnknownHostException) {
            return new Failure(Failure.RequestFailureKind.UNRESOLVABLE, detail(failure));
        }
        String message = String.valueOf(failure.getMessage());
        if (message.startsWith("Unexpected response code for CONNECT")) {
            return new Failure(
                    Failure.RequestFailureKind.PROXY_REFUSED, "the proxy refused the request: " + detail(failure));
        }
        if (message.contains("unrecognized SSL message")) {
            // JSSE's message for bytes that are not a TLS record.
            return new Failure(Failure.RequestFailureKind.MALFORMED, "the server does not speak TLS");
        }
        if (certificate != ClientAuthState.NOT_REQUESTED) {
            return new Failure(Failure.RequestFailureKind.CLIENT_CERTIFICATE_REQUIRED, certificate.failureDetail());
        }
        return withoutDial(failure, causes);
    }

    /**
     * Classifies the failure of a TCP connection.
     *
     * @param failure the exception of the socket
     * @param where the address and port, for the message
     * @return the exception to throw instead
     */
    static DialException connectFailure(IOException failure, String where) {
        DialException dial;
        if (isCancelled(failure)) {
            dial = new DialException(
                    RequestFailureKind.READ_TIMED_OUT, "there was no time to wait for a connection to " + where);
        } else if (failure instanceof SocketTimeoutException) {
            dial = new DialException(RequestFailureKind.CONNECT_TIMED_OUT, "connecting to " + where + " timed out");
        } else if (failure instanceof ConnectException
                && !String.valueOf(failure.getMessage()).contains("unreachable")) {
            dial = new DialException(RequestFailureKind.REFUSED, where + " refused the connection");
        } else if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            dial = new DialException(RequestFailureKind.NO_ROUTE, "no route to " + where);
        } else {
            // A server that resets at once, so that the reset arrives before the connect returns.
            boolean reset = String.valueOf(failure.getMessage()).contains("reset");
            dial = new DialException(
                    reset ? RequestFailureKind.CLOSED : RequestFailureKind.NO_ROUTE,
                    "cannot connect to " + where + ": " + failure.getMessage());
        }
        dial.initCause(failure);
        return dial;
    }

    /** Returns whether another thread closed the socket, because the time of the request or the scan was over. */
    private static boolean isCancelled(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.equals("Socket closed") || message.equals("Socket is closed");
    }

    private static Failure withoutDial(IOException failure, List<Throwable> causes) {
        if (failure instanceof NoResponseException) {
            return new Failure(Failure.RequestFailureKind.CLOSED, detail(failure));
        }
        boolean ended = causes.stream().anyMatch(cause -> cause instanceof EOFException);
        Matcher chain = CHAIN_TOO_LONG.matcher(String.valueOf(failure.getMessage()));
        if (failure instanceof SSLException && chain.find()) {
            return new Failure(
                    Failure.RequestFailureKind.TLS_FAILED,
                    "the server sends more certificates than the " + chain.group(1) + " that this Java runtime"
                            + " accepts (system property jdk.tls.maxCertificateChainLength); browsers accept them");
        }
        if (failure instanceof SSLException && !ended) {
            return new Failure(Failure.RequestFailureKind.TLS_FAILED, detail(failure));
        }
        if (failure instanceof ProtocolException) {
            return new Failure(
                    Failure.RequestFailureKind.MALFORMED, "the response is not valid HTTP: " + detail(failure));
        }
        if (ended) {
            String phrase = failure instanceof SSLException
                    ? "the connection ended during the TLS handshake"
                    : "the response ended early or its header section exceeds 256 KiB";
            return new Failure(Failure.RequestFailureKind.CONNECTION_LOST, phrase);
        }
        return new Failure(Failure.RequestFailureKind.CONNECTION_LOST, detail(failure));
    }

    /**
     * Selects the most informative connection failure of several addresses. A failure other than NO_ROUTE is preferred,
     * because a missing route concerns this machine and not the site.
     */
    private static Optional<Failure> dial(List<Throwable> causes) {
        List<DialException> dials = causes.stream()
                .filter(DialException.class::isInstance)
                .map(DialException.class::cast)
                .toList();
        return dials.stream()
                .filter(dial -> dial.kind() != Failure.RequestFailureKind.NO_ROUTE)
                .findFirst()
                .or(() -> dials.stream().findFirst())
                .map(dial -> new Failure(dial.kind(), detail(dial)));
    }

    private static void collect(Throwable failure, List<Throwable> into) {
        if (into.contains(failure) || into.size() >= 64) {
            return;
        }
        into.add(failure);
        if (failure.getCause() != null) {
            collect(failure.getCause(), into);
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            collect(suppressed, into);
        }
    }

    private static String detail(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure.getClass().getSimpleName();
        }
        return Excerpt.of(message.replaceAll("[^\\x20-\\x7e]", "?"), MAX_DETAIL_LENGTH);
    }
}
