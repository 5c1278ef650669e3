package dev.websentry.engine.observation;

import dev.websentry.engine.syntax.Header;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * An HTTP request and its result.
 *
 * @param method the request method
 * @param url the requested URL
 * @param requestHeaders the headers that matter for a verdict, such as the Origin of a CORS probe; never credentials
 * @param result a response or a failure
 */
public record HttpExchange(String method, HttpUrl url, List<Header> requestHeaders, HttpExchangeResult result) {
    public HttpExchange {
        requestHeaders = List.copyOf(requestHeaders);
    }

    /** The result of a request. */
    public sealed interface HttpExchangeResult permits Response, Failure {}

    /**
     * An HTTP response.
     *
     * @param status the status code
     * @param protocol the ALPN name: http/1.0, http/1.1 or h2
     * @param headers the header lines
     * @param body the decoded body, up to the size limit of the request
     * @param truncated whether the body was longer than the limit
     * @param tls the TLS session of the response, if any
     * @param address the IP address literal of the server; empty if a proxy hides it
     */
    public record Response(
            int status,
            String protocol,
            ResponseHeaders headers,
            ResponseBody body,
            boolean truncated,
            Optional<TlsSession> tls,
            String address)
            implements HttpExchangeResult {

        /** Returns whether this is a redirect status with a Location header. */
        public boolean isRedirect() {
            return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
                    && headers.has("Location");
        }
    }

    /**
     * A failed request, without an HTTP response.
     *
     * @param kind the type of failure
     * @param detail a phrase for people
     */
    public record Failure(RequestFailureKind kind, String detail) implements HttpExchangeResult {
        /** The type of failure, as far as a client can determine it. */
        public enum RequestFailureKind {
            /** The host name has no address. */
            UNRESOLVABLE,
            /** The name resolution failed. The host name may have addresses. */
            RESOLVER_FAILED,
            /** The address policy blocks the address. No packet was sent. */
            BLOCKED_ADDRESS,
            /** The server answered the SYN with a TCP reset. */
            REFUSED,
            /** The SYN was not answered within the connect timeout. */
            CONNECT_TIMED_OUT,
            /** This machine has no route to the address. */
            NO_ROUTE,
            /** The TCP connection succeeded, but the TLS handshake failed. */
            TLS_FAILED,
            /** The server ended the handshake or the connection because it requires a client certificate. */
            CLIENT_CERTIFICATE_REQUIRED,
            /** The server accepted a connection for plain HTTP and closed or reset it without a response. */
            CLOSED,
            /** The connection ended before a response was received. */
            CONNECTION_LOST,
            /** The time of the request or of the scan ended before a complete response was received. */
            READ_TIMED_OUT,
            /** The server sent something other than HTTP. */
            MALFORMED,
            /** The configured proxy rejected the request. */
            PROXY_REFUSED
        }
    }

    /** Returns the response; empty if the request failed. */
    public Optional<Response> response() {
        return result instanceof Response response ? Optional.of(response) : Optional.empty();
    }

    /** Returns the failure; empty if there was a response. */
    public Optional<Failure> failure() {
        return result instanceof Failure failure ? Optional.of(failure) : Optional.empty();
    }
}
