package dev.websentry.engine.net;

import dev.websentry.engine.pki.ChainValidator;
import dev.websentry.engine.pki.KeyExchange;
import dev.websentry.engine.pki.TrustProblem;
import dev.websentry.engine.pki.ValidationBudget;
import dev.websentry.engine.syntax.ServerIdentity;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;

/** The root certificates that a scan trusts: the JDK's and the configured ones. Immutable. */
public final class TrustStore {
    private final Instant now;
    private final List<X509Certificate> roots;
    private final Map<X500Principal, List<X509Certificate>> bySubject;

    /**
     * Creates a trust store.
     *
     * @param extra root certificates that are trusted in addition to the JDK's
     */
    public TrustStore(List<X509Certificate> extra) {
        this(extra, Instant.now());
    }

    /**
     * Creates the trust store of a scan.
     *
     * @param extra root certificates that are trusted in addition to the JDK's
     * @param now the time at which certificates must be valid
     */
    public TrustStore(List<X509Certificate> extra, Instant now) {
        this.now = now;
        this.roots =
                Stream.concat(jdkRoots().stream(), extra.stream()).distinct().toList();
        this.bySubject = roots.stream().collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
    }

    /** Returns all root certificates, the JDK's and the configured ones. */
    public List<X509Certificate> roots() {
        return roots;
    }

    /** Returns the root certificates that are named as subject or issuer in certificates. */
    public List<X509Certificate> rootsNamedIn(Collection<X509Certificate> certificates) {
        return certificates.stream()
                .flatMap(certificate ->
                        Stream.of(certificate.getSubjectX500Principal(), certificate.getIssuerX500Principal()))
                .distinct()
                .flatMap(name -> bySubject.getOrDefault(name, List.of()).stream())
                .toList();
    }

    /**
     * Returns why a strict client would reject a server. The result decides whether credentials may be sent. The checks
     * validate the same way, but they also know issuers that the server does not send.
     *
     * @param chain the served certificates, the server's first
     * @param keyExchange how the handshake used the key of the server's certificate
     * @param host the host in lower case, with A-labels; an IPv6 address without brackets
     * @return the reason; empty if the server is trusted
     */
    public Optional<String> rejectionReason(List<X509Certificate> chain, KeyExchange keyExchange, String host) {
        if (chain.isEmpty()) {
            return Optional.of("no certificate");
        }
        ChainValidator validator = new ChainValidator(rootsNamedIn(chain), List.of(), now, new ValidationBudget());
        if (validator.validate(chain, keyExchange).problem() != TrustProblem.NONE) {
            return Optional.of("the certificate is not trusted");
        }
        return ServerIdentity.matches(chain.get(0), host)
                ? Optional.empty()
                : Optional.of("the certificate is not for " + host);
    }

    private static List<X509Certificate> jdkRoots() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return List.of(x509.getAcceptedIssuers());
                }
            }
            throw new GeneralSecurityException("no X.509 trust manager");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no usable trust store: " + e.getMessage(), e);
        }
    }
}
