package dev.websentry.engine.net;

import dev.websentry.engine.syntax.ServerIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Decides which servers a scan trusts. Immutable. */
public final class TrustStore {
    private final RootCertificates roots;
    private final X509TrustManager manager;

    /**
     * Creates a trust store.
     *
     * @param roots the roots of the scan
     */
    public TrustStore(RootCertificates roots) {
        this.roots = roots;
        try {
            this.manager = manager(store(roots.trusted()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JVM has no usable trust store: " + e.getMessage(), e);
        }
    }

    /** Returns the root certificates of the scan. */
    public RootCertificates rootCertificates() {
        return roots;
    }

    /** Returns the trusted root certificates: those of the store that decides and the configured ones. */
    public List<X509Certificate> roots() {
        return roots.trusted();
    }

    /**
     * Returns why a strict TLS client would reject a server. The result decides whether credentials may be sent; the
     * certificate checks evaluate certificates on their own, rule by rule.
     *
     * @param chain the served certificates, the server's first
     * @param host the host in lower case, with A-labels; an IPv6 address without brackets
     * @return the reason; empty if the server is trusted
     */
    public Optional<String> rejectionReason(List<X509Certificate> chain, String host) {
        if (chain.isEmpty()) {
            return Optional.of("no certificate");
        }
        try {
            // The value that JSSE passes under TLS 1.3, where the key exchange does not depend on the certificate.
            manager.checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
        } catch (CertificateException | RuntimeException e) {
            return Optional.of("the certificate is not trusted");
        }
        return ServerIdentity.matches(chain.get(0), host)
                ? Optional.empty()
                : Optional.of("the certificate is not for " + host);
    }

    private static KeyStore store(List<X509Certificate> roots) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (X509Certificate root : roots) {
            store.setCertificateEntry("root-" + number++, root);
        }
        return store;
    }

    private static X509TrustManager manager(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }
}
