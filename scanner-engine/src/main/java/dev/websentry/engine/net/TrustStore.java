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

/** The roots that a scan trusts: this runtime's, and the configured ones. Immutable. */
public final class TrustStore {
    private final X509TrustManager manager;

    public TrustStore(List<X509Certificate> extra) {
        try {
            this.manager = manager(withExtra(extra));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this runtime has no usable trust store: " + e.getMessage(), e);
        }
    }

    /** Every root, the runtime's and the configured. */
    public List<X509Certificate> roots() {
        return List.of(manager.getAcceptedIssuers());
    }

    /**
     * Why a strict client of this runtime would refuse a server; empty when it would accept it. Good enough to decide
     * whether credentials may be sent; the verdicts on a certificate are reached elsewhere, rule by rule.
     *
     * @param host lower case, A-labels, IPv6 without brackets
     */
    public Optional<String> problem(List<X509Certificate> chain, String host) {
        if (chain.isEmpty()) {
            return Optional.of("no certificate");
        }
        try {
            // What JSSE passes under TLS 1.3, where the key exchange says nothing of the certificate.
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
