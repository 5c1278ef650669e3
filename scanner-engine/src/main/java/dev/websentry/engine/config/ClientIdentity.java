package dev.websentry.engine.config;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A client certificate and its private key, used for mutual TLS. {@link #toString()} does not reveal the key.
 *
 * @param key the private key of the client's certificate
 * @param chain the certificate chain, beginning with the client's certificate; not empty
 */
public record ClientIdentity(PrivateKey key, List<X509Certificate> chain) {
    public ClientIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException(
                    "the client certificate chain is empty; it must begin with the client's certificate");
        }
    }

    @Override
    public String toString() {
        return "ClientIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
