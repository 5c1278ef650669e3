package dev.websentry.engine.net;

import dev.websentry.engine.config.RootStoreChoice;
import dev.websentry.engine.config.RootStoreChoice.RootStoreKind;
import dev.websentry.engine.observation.TrustedRoots;
import dev.websentry.engine.pki.BrowserRoots;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
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
 * comparison those of the browsers and of the Java runtime. Immutable.
 */
public final class RootCertificates {
    private final RootStoreKind kind;
    private final List<X509Certificate> trusted;
    private final List<X509Certificate> configured;
    private final BrowserRoots browsers;
    private final List<X509Certificate> jdk;

    private RootCertificates(RootStoreChoice choice, List<X509Certificate> configured, BrowserRoots browsers) {
        this.kind = choice.kind();
        this.configured = List.copyOf(configured);
        this.browsers = browsers;
        this.jdk = jdkRoots();
        Set<X509Certificate> all = new LinkedHashSet<>(
                switch (choice.kind()) {
                    case BROWSERS -> browsers.certificates();
                    case JDK -> jdk;
                    case FILE -> choice.certificates();
                });
        all.addAll(configured);
        this.trusted = List.copyOf(all);
    }

    /**
     * Creates the roots of a scan.
     *
     * @param choice the store that decides
     * @param configured certificates that are trusted in addition
     */
    public static RootCertificates of(RootStoreChoice choice, List<X509Certificate> configured) {
        return new RootCertificates(choice, configured, BrowserRoots.bundled());
    }

    /** Returns the roots that the scan trusts: those of the deciding store and the configured ones. */
    public List<X509Certificate> trusted() {
        return trusted;
    }

    /** Returns the configured certificates. */
    public List<X509Certificate> configured() {
        return configured;
    }

    /** Returns the roots that browsers trust. */
    public List<X509Certificate> browserRoots() {
        return browsers.certificates();
    }

    /** Returns the trusted roots that are named as subject or issuer in certificates. */
    List<X509Certificate> trustedNamedIn(Collection<X509Certificate> certificates) {
        return named(trusted, names(certificates)).toList();
    }

    /** Returns the roots of all stores that are named as subject or issuer in certificates. */
    public TrustedRoots namedIn(Collection<X509Certificate> certificates) {
        Set<X500Principal> names = names(certificates);
        return new TrustedRoots(
                kind,
                browsers.date(),
                encoded(named(configured, names)),
                encoded(named(browsers.certificates(), names)),
                encoded(named(jdk, names)));
    }

    private static Set<X500Principal> names(Collection<X509Certificate> certificates) {
        return certificates.stream()
                .flatMap(certificate ->
                        Stream.of(certificate.getSubjectX500Principal(), certificate.getIssuerX500Principal()))
                .collect(Collectors.toSet());
    }

    private static Stream<X509Certificate> named(List<X509Certificate> roots, Set<X500Principal> names) {
        return roots.stream().filter(root -> names.contains(root.getSubjectX500Principal()));
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
