package dev.websentry.engine.observation;

import java.util.List;
import java.util.Optional;

/**
 * The TLS session of an HTTP response, as the runtime negotiated it. {@link TlsObservations} contains what else the
 * server supports.
 *
 * @param protocol the JSSE name of the protocol version, such as TLSv1.3
 * @param cipherSuite the JSSE name of the cipher suite
 * @param chain the served certificates in DER, leaf first
 * @param trustProblem why a strict client would not have connected; empty if it would have
 */
public record TlsSession(String protocol, String cipherSuite, List<byte[]> chain, Optional<String> trustProblem) {
    public TlsSession {
        chain = List.copyOf(chain);
    }

    /** Returns whether a strict client trusts the server certificate. */
    public boolean isTrusted() {
        return trustProblem.isEmpty();
    }
}
