package dev.websentry.engine.pki;

import dev.websentry.engine.pki.PathBuilder.BuiltPath;
import dev.websentry.engine.pki.PathValidator.PathDefect;
import dev.websentry.engine.pki.SignatureVerifier.SignatureStatus;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Validates served certificate chains against trusted roots, as browsers do: any valid path is enough, in any order of
 * the certificates. Not thread-safe.
 */
public final class ChainValidator {
    /** Servers send a handful; the others are ignored. */
    private static final int MAX_SERVED = 101;

    private final List<ParsedCertificate> anchors;
    private final List<ParsedCertificate> fetched;
    private final ConstrainedRoots constrained;
    private final Instant now;
    private final ValidationBudget budget;

    /**
     * Creates a validator.
     *
     * @param anchors the trusted roots
     * @param fetched the issuers that were downloaded from the URLs in the certificates (AIA)
     * @param constrained the name constraints that browsers impose on roots
     * @param now the time at which chains must be valid
     * @param budget bounds the work for all chains of a host
     */
    public ChainValidator(
            List<X509Certificate> anchors,
            List<X509Certificate> fetched,
            ConstrainedRoots constrained,
            Instant now,
            ValidationBudget budget) {
        this.anchors = parsed(anchors);
        this.fetched = parsed(fetched);
        this.constrained = constrained;
        this.now = now;
        this.budget = budget;
    }

    /**
     * Returns why a certificate violates RFC 5280 in a way that the JDK's parser rejects as well; its own messages do
     * not tell such certificates from those that it does not support.
     *
     * @param der the certificate
     * @return the violation; empty if the certificate is well-formed
     */
    public static Optional<String> malformation(byte[] der) {
        try {
            CertificateExtensions.of(CertificateFields.parse(der));
            return Optional.empty();
        } catch (MalformedCertificateException e) {
            return Optional.of(e.reason());
        }
    }

    /**
     * Validates a chain.
     *
     * @param served the served certificates, the leaf first
     * @param keyExchange how the handshake used the key of the leaf
     * @return the assessment; the host name and the revocation are not part of it
     */
    public TrustAssessment validate(List<X509Certificate> served, KeyExchange keyExchange) {
        budget.beginChain();
        List<ParsedCertificate> chain = parsed(served.subList(0, Math.min(served.size(), MAX_SERVED)));
        ParsedCertificate leaf = chain.get(0);
        Optional<TrustAssessment> period = periodProblem(leaf.certificate());
        if (period.isPresent()) {
            return period.get();
        }
        PathValidator validator = new PathValidator(now, keyExchange, constrained, budget);
        List<ParsedCertificate> candidates = new ArrayList<>(chain.subList(1, chain.size()));
        PathBuilder direct = new PathBuilder(candidates, anchors, validator, now, budget);
        Optional<BuiltPath> found = direct.build(leaf);
        if (found.filter(BuiltPath::isValid).isPresent()) {
            return assessment(found.get(), TrustProblem.NONE, "trusted: the chain leads to " + root(found.get()));
        }
        boolean exhausted = direct.isExhausted();
        if (!fetched.isEmpty() && !exhausted) {
            candidates.addAll(0, fetched);
            PathBuilder completed = new PathBuilder(candidates, anchors, validator, now, budget);
            Optional<BuiltPath> longer = completed.build(leaf);
            if (longer.filter(BuiltPath::isValid).isPresent()) {
                return assessment(
                        longer.get(),
                        TrustProblem.INCOMPLETE,
                        "the server does not send every intermediate certificate; with certificates downloaded"
                                + " from the issuer (AIA), the chain leads to " + root(longer.get()));
            }
            found = found.or(() -> longer);
            exhausted = completed.isExhausted();
        }
        return rejection(leaf, found, exhausted);
    }

    private TrustAssessment rejection(ParsedCertificate leaf, Optional<BuiltPath> found, boolean exhausted) {
        if (found.isPresent()) {
            PathDefect defect = found.get().worstDefect();
            return assessment(found.get(), defect.problem(), defect.detail());
        }
        if (leaf.fields().isEmpty()) {
            return new TrustAssessment(TrustProblem.MALFORMED, leaf.defect(), List.of());
        }
        if (exhausted) {
            return new TrustAssessment(
                    TrustProblem.TOO_COMPLEX,
                    "no path to a trusted root found within " + ValidationBudget.MAX_SIGNATURES_PER_CHAIN
                            + " signatures; browsers give up as well",
                    List.of());
        }
        boolean selfSigned = leaf.isSelfIssued()
                && budget.verify(leaf, leaf)
                        .filter(status -> status == SignatureStatus.VALID)
                        .isPresent();
        return selfSigned
                ? new TrustAssessment(TrustProblem.SELF_SIGNED, "self-signed, by " + leaf.name(), List.of())
                : new TrustAssessment(
                        TrustProblem.UNKNOWN_CA,
                        "unknown CA: issued by " + leaf.issuerName() + ", no path to a trusted root",
                        List.of());
    }

    private Optional<TrustAssessment> periodProblem(X509Certificate leaf) {
        Instant begin = leaf.getNotBefore().toInstant();
        Instant end = leaf.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            return Optional.of(new TrustAssessment(TrustProblem.EXPIRED, "expired on " + end, List.of()));
        }
        return now.isBefore(begin)
                ? Optional.of(new TrustAssessment(TrustProblem.NOT_YET_VALID, "not valid before " + begin, List.of()))
                : Optional.empty();
    }

    private static TrustAssessment assessment(BuiltPath path, TrustProblem problem, String detail) {
        return new TrustAssessment(
                problem,
                detail,
                path.certificates().stream().map(ParsedCertificate::certificate).toList());
    }

    private static String root(BuiltPath path) {
        return path.certificates().get(path.certificates().size() - 1).name();
    }

    private static List<ParsedCertificate> parsed(List<X509Certificate> certificates) {
        return certificates.stream().map(ParsedCertificate::of).toList();
    }
}
