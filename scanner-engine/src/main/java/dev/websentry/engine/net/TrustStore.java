package dev.websentry.engine.net;

import dev.websentry.engine.syntax.ServerIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The root certificates that a scan trusts: the JDK's and the configured ones. Immutable. */
public final class TrustStore {
    private final X509TrustManager manager;

    /**
     * Creates a trust store.
     *
     * @param extra root certificates that are trusted in addition to the JDK's
     */
    public TrustStore(List<X509Certificate> extra) {
        try {
            this.manager = manager(withExtra(extra));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JVM has no usable trust store: " + e.getMessage(), e);
        }
    }

    /** Returns all root certificates, the JDK's and the configured ones. */
    public List<X509Certificate> roots() {
        return List.of(manager.getAcceptedIssuers());
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

    private static KeyStore withExtra(List<X509Certificate> extra) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        List<X509Certificate> own = List.of(manager(null).getAcceptedIssuers());
        for (X509Certificate root : Stream.concat(own.stream(), extra.stream()).toList()) {
            store.setCertificateEntry("root-" + number++, root);
        }
        return store;
    }

    private static X509TrustManager manager(@org.jspecify.annotations.Nullable KeyStore store)
            throws GeneralSecurityException {
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
