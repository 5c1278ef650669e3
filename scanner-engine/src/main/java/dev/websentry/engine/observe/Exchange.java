package dev.websentry.engine.observe;

import dev.websentry.engine.syntax.Header;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * One HTTP request and what came of it.
 *
 * @param requestHeaders the headers that matter to a verdict, such as a CORS probe's Origin; never credentials
 */
public record Exchange(String method, HttpUrl url, List<Header> requestHeaders, Result result) {
    public Exchange {
        requestHeaders = List.copyOf(requestHeaders);
    }

    /** What came of a request. */
    public sealed interface Result permits Response, Failure {}

    /**
     * An HTTP answer.
     *
     * @param protocol the ALPN name: http/1.0, http/1.1, h2
     * @param body decoded, up to the bound that the request set
     * @param truncated whether the body went on past the bound
     * @param tls the session it came over, if any
     * @param address the literal of the address that answered; empty when a proxy hides it
     */
    public record Response(
            int status,
            String protocol,
            Headers headers,
            BodyText body,
            boolean truncated,
            Optional<TlsSession> tls,
            String address)
            implements Result {

        public boolean isRedirect() {
            return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
                    && headers.has("Location");
        }
    }

    /** No HTTP answer. */
    public record Failure(Kind kind, String detail) implements Result {
        /** What went wrong, as far as a client can tell. */
        public enum Kind {
            /** The name has no address. */
            UNRESOLVABLE,
            /** Name resolution itself failed; the name may well have addresses. */
            RESOLVER_FAILED,
            /** The address policy forbids it; no packet was sent. */
            BLOCKED_ADDRESS,
            /** A TCP reset answered the SYN. */
            REFUSED,
            /** Nothing answered the SYN in time. */
            CONNECT_TIMED_OUT,
            /** This machine has no route to the address. */
            NO_ROUTE,
            /** TCP stands, TLS does not. */
            TLS_FAILED,
            /** The server ended the handshake, or the connection, for want of a client certificate. */
            CLIENT_CERTIFICATE_REQUIRED,
            /** The connection ended before an answer. */
            CONNECTION_LOST,
            /** Connected, but no whole answer in time. */
            READ_TIMED_OUT,
            /** What came is not HTTP. */
            MALFORMED,
            /** The proxy of this machine refused. */
            PROXY_REFUSED
        }
    }

    public Optional<Response> response() {
        return result instanceof Response response ? Optional.of(response) : Optional.empty();
    }

    public Optional<Failure> failure() {
        return result instanceof Failure failure ? Optional.of(failure) : Optional.empty();
    }
}
