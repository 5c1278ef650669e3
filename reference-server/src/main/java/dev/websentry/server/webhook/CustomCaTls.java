package dev.websentry.server.webhook;

import dev.websentry.engine.net.TrustStore;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** TLS configuration that only trusts servers whose certificates chain to the given roots. */
record CustomCaTls(X509TrustManager manager, SSLSocketFactory socketFactory) {

    /** Creates the TLS configuration for the roots of a trust store. */
    static CustomCaTls of(TrustStore roots) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate root : roots.roots()) {
                store.setCertificateEntry("root-" + number++, root);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return new CustomCaTls(manager, context.getSocketFactory());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Cannot set up certificate validation: " + e.getMessage(), e);
        }
    }
}
