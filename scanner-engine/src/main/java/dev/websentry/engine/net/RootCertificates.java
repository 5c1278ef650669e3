package dev.websentry.engine.net;

import dev.websentry.engine.config.RootStoreChoice;
import dev.websentry.engine.observation.TrustedRoots;
import dev.websentry.engine.pki.BrowserRoots;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The root certificates of one scan: those of the store that decides about trust, the configured ones, and for
 * comparison those of the browsers and of the Java runtime. Thread-safe.
 */
public final class RootCertificates {
    private final RootStoreChoice choice;
    private final List<X509Certificate> configured;
    private @Nullable RootStores stores;

    private RootCertificates(RootStoreChoice choice, List<X509Certificate> configured) {
        this.choice = choice;
        this.configured = List.copyOf(configured);
    }

    /** The roots of all stores. */
    private record RootStores(
            NamedRoots trusted, NamedRoots configured, NamedRoots browsers, Instant browserListDate, NamedRoots jdk) {}

    /**
     * Creates the roots of a scan.
     *
     * @param choice the store that decides
     * @param configured certificates that are trusted in addition
     */
    public static RootCertificates of(RootStoreChoice choice, List<X509Certificate> configured) {
        return new RootCertificates(choice, configured);
    }

    /** Reads the stores, which takes long in a new JVM. Otherwise, the first call of another method reads them. */
    public void load() {
        RootStores unused = stores();
    }

    private synchronized RootStores stores() {
        RootStores read = stores;
        if (read == null) {
            read = read(choice, configured);
            stores = read;
        }
        return read;
    }

    private static RootStores read(RootStoreChoice choice, List<X509Certificate> configured) {
        BrowserRoots browsers = BrowserRoots.bundled();
        List<X509Certificate> jdk = jdkRoots();
        Set<X509Certificate> all = new LinkedHashSet<>(
                switch (choice.kind()) {
                    case BROWSERS -> browsers.certificates();
                    case JDK -> jdk;
                    case FILE -> choice.certificates();
                });
        all.addAll(configured);
        return new RootStores(
                NamedRoots.of(all),
                NamedRoots.of(configured),
                NamedRoots.of(browsers.certificates()),
                browsers.date(),
                NamedRoots.of(jdk));
    }

    /** Returns whether these are the roots of a scan with a store and configured certificates. */
    public boolean isFor(RootStoreChoice store, List<X509Certificate> certificates) {
        return choice.equals(store) && configured.equals(certificates);
    }

    /** Returns the roots that the scan trusts: those of the deciding store and the configured ones. */
    public List<X509Certificate> trusted() {
        return stores().trusted().certificates();
    }

    /** Returns the configured certificates. */
    public List<X509Certificate> configured() {
        return configured;
    }

    /** Returns the roots that browsers trust. */
    public List<X509Certificate> browserRoots() {
        return stores().browsers().certificates();
    }

    /** Returns the trusted roots that are named as subject or issuer in certificates. */
    List<X509Certificate> trustedNamedIn(Collection<X509Certificate> certificates) {
        return stores().trusted().named(names(certificates)).toList();
    }

    /** Returns the roots of all stores that are named as subject or issuer in certificates. */
    public TrustedRoots namedIn(Collection<X509Certificate> certificates) {
        Set<X500Principal> names = names(certificates);
        RootStores all = stores();
        return new TrustedRoots(
                choice.kind(),
                all.browserListDate(),
                encoded(all.configured().named(names)),
                encoded(all.browsers().named(names)),
                encoded(all.jdk().named(names)));
    }

    private static Set<X500Principal> names(Collection<X509Certificate> certificates) {
        return certificates.stream()
                .flatMap(certificate ->
                        Stream.of(certificate.getSubjectX500Principal(), certificate.getIssuerX500Principal()))
                .collect(Collectors.toSet());
    }

    private static List<byte[]> encoded(Stream<X509Certificate> roots) {
        return roots.map(root -> {
                    try {
                        return root.getEncoded();
                    } catch (CertificateEncodingException e) {
                        throw new IllegalStateException("a parsed certificate always has an encoding", e);
                    }
                })
                .toList();
    }

    private static List<X509Certificate> jdkRoots() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            @Nullable KeyStore defaultStore = null;
            factory.init(defaultStore);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return List.of(x509.getAcceptedIssuers());
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no usable trust store: " + e.getMessage(), e);
        }
        return List.of();
    }
}
