package dev.websentry.engine.observe;

import java.util.List;
import java.util.Optional;

/**
 * The TLS session that an HTTP answer came over, as the runtime negotiated it. What the server supports beside it is in
 * {@link TlsObservations}.
 *
 * @param protocol as JSSE names it, such as TLSv1.3
 * @param chain the served certificates, leaf first, each DER
 * @param trustProblem why a strict client would not have connected; empty when it would have
 */
public record TlsSession(String protocol, String cipherSuite, List<byte[]> chain, Optional<String> trustProblem) {
    public TlsSession {
        chain = List.copyOf(chain);
    }

    public boolean trusted() {
        return trustProblem.isEmpty();
    }
}
