package dev.websentry.engine.net;

import dev.websentry.engine.pki.ChainValidator;
import dev.websentry.engine.pki.ConstrainedRoots;
import dev.websentry.engine.pki.DistrustedRoots;
import dev.websentry.engine.pki.KeyExchange;
import dev.websentry.engine.pki.SignedTimestamps;
import dev.websentry.engine.pki.TrustAssessment;
import dev.websentry.engine.pki.TrustProblem;
import dev.websentry.engine.pki.ValidationBudget;
import dev.websentry.engine.syntax.ServerIdentity;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Decides which servers a scan trusts. Immutable. */
public final class TrustStore {
    private final RootCertificates roots;
    private final Instant now;
    private final ConstrainedRoots constrained;

    /**
     * Creates a trust store.
     *
     * @param roots the roots of the scan
     * @param now the time at which certificates must be valid
     */
    public TrustStore(RootCertificates roots, Instant now) {
        this(roots, now, ConstrainedRoots.bundled());
    }

    /** Creates a trust store with another table of constrained roots. */
    TrustStore(RootCertificates roots, Instant now, ConstrainedRoots constrained) {
        this.roots = roots;
        this.now = now;
        this.constrained = constrained.exempting(roots.configured());
    }

    /** Returns the root certificates of the scan. */
    public RootCertificates rootCertificates() {
        return roots;
    }

    /** Returns the trusted root certificates: those of the store that decides and the configured ones. */
    public List<X509Certificate> roots() {
        return roots.trusted();
    }

    /** Returns the root certificates that are named as subject or issuer in certificates. */
    public List<X509Certificate> rootsNamedIn(Collection<X509Certificate> certificates) {
        return roots.trustedNamedIn(certificates);
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
        if (!isTrusted(chain, keyExchange)) {
            return Optional.of("the certificate is not trusted");
        }
        return ServerIdentity.matches(chain.get(0), host)
                ? Optional.empty()
                : Optional.of("the certificate is not for " + host);
    }

    /**
     * Validates a chain against the roots that browsers still trust for it. The client does not see the signed
     * timestamps that a server sends in the handshake; without one in the certificate, the server counts as untrusted,
     * which only means that no credentials are sent.
     */
    private boolean isTrusted(List<X509Certificate> chain, KeyExchange keyExchange) {
        X509Certificate leaf = chain.get(0);
        SignedTimestamps timestamps = SignedTimestamps.of(leaf, Optional.empty(), Optional.empty());
        List<X509Certificate> anchors = rootsNamedIn(chain).stream()
                .filter(root -> roots.configured().contains(root)
                        || DistrustedRoots.bundled()
                                .distrustsAfter(root, leaf, timestamps)
                                .isEmpty())
                .toList();
        TrustAssessment assessment = new ChainValidator(anchors, List.of(), constrained, now, new ValidationBudget())
                .validate(chain, keyExchange);
        if (assessment.problem() != TrustProblem.NONE) {
            return false;
        }
        X509Certificate root = assessment.path().get(assessment.path().size() - 1);
        return timestamps.logs() > 0 || !roots.browserRoots().contains(root);
    }
}
