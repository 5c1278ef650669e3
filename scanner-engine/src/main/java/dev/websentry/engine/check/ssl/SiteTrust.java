package dev.websentry.engine.check.ssl;

import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TlsEndpoint.ServedCertificateChain;
import dev.websentry.engine.observation.TlsSession;
import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.pki.ChainValidator;
import dev.websentry.engine.pki.ConstrainedRoots;
import dev.websentry.engine.pki.KeyExchange;
import dev.websentry.engine.pki.TrustAssessment;
import dev.websentry.engine.pki.TrustProblem;
import dev.websentry.engine.pki.ValidationBudget;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.ServerIdentity;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The trust in the certificates of a scan. Every check that depends on the trust of browsers in a server reads this
 * answer.
 */
public final class SiteTrust {
    private SiteTrust() {}

    /**
     * Assesses certificates that the host serves.
     *
     * @param served the certificates, which share the limits for hostile chains
     * @param seen the time, the trusted roots, the downloaded issuers and the statements on revocation
     * @return one assessment for each certificate, in the same order
     */
    static List<TrustAssessment> assess(List<ServedCertificate> served, ScanObservations seen) {
        return assess(served, seen, ConstrainedRoots.bundled());
    }

    /** Assesses certificates with another table of constrained roots. */
    static List<TrustAssessment> assess(List<ServedCertificate> served, ScanObservations seen, ConstrainedRoots table) {
        ConstrainedRoots constrained = table.exempting(seen.tls()
                .roots()
                .map(roots -> ServedCertificate.parseReadable(roots.configured()))
                .orElse(List.of()));
        List<X509Certificate> fetched =
                ServedCertificate.parseReadable(seen.tls().fetchedIssuers());
        ValidationBudget budget = new ValidationBudget();
        Map<List<X509Certificate>, ChainValidator> validators = new HashMap<>();
        return served.stream()
                .map(certificate -> RootTrust.assess(
                        certificate,
                        seen,
                        anchors -> assess(
                                certificate,
                                validators.computeIfAbsent(
                                        anchors,
                                        roots -> new ChainValidator(roots, fetched, constrained, seen.now(), budget)),
                                seen)))
                .toList();
    }

    /**
     * Returns whether browsers accept the certificate that the server of an exchange sent, for the host of the URL.
     *
     * @throws UnobservedException if this Java runtime cannot evaluate the certificate
     */
    public static boolean isAccepted(HttpExchange exchange, ScanObservations seen) {
        Optional<TlsSession> session = exchange.response().flatMap(HttpExchange.Response::tls);
        return session.isPresent() && isAccepted(session.get(), exchange.url().host(), seen);
    }

    /**
     * Returns whether browsers accept a certificate.
     *
     * @throws UnobservedException if this Java runtime cannot verify its chain
     */
    static boolean isAccepted(TrustAssessment assessment) {
        if (assessment.problem() == TrustProblem.UNVERIFIABLE) {
            throw new UnobservedException(Excerpt.evidenceLine(assessment.detail()));
        }
        return assessment.isAccepted();
    }

    private static boolean isAccepted(TlsSession session, String host, ScanObservations seen) {
        if (session.chain().isEmpty()) {
            return session.isTrusted();
        }
        byte[] leaf = session.chain().get(0);
        List<ServedCertificate> same = ServedCertificate.readable(seen).stream()
                .filter(served -> Arrays.equals(served.observedChain().leaf(), leaf))
                .toList();
        List<ServedCertificate> judged = same.isEmpty() ? fromSession(session) : same;
        return !judged.isEmpty()
                && ServerIdentity.matches(judged.get(0).leaf(), host)
                && assess(judged, seen).stream()
                        .allMatch(assessment -> isAccepted(assessment, session, same.isEmpty()));
    }

    /** Recordings do not always contain the roots of other hosts; the client of the scan knew all roots. */
    private static boolean isAccepted(TrustAssessment assessment, TlsSession session, boolean otherHost) {
        return isAccepted(assessment)
                || (otherHost && assessment.problem() == TrustProblem.UNKNOWN_CA && session.isTrusted());
    }

    private static List<ServedCertificate> fromSession(TlsSession session) {
        return ServedCertificate.read(
                        new ServedCertificateChain(
                                session.chain(), session.protocol() + " " + session.cipherSuite(), Optional.empty()),
                        "")
                .stream()
                .toList();
    }

    private static TrustAssessment assess(ServedCertificate served, ChainValidator validator, ScanObservations seen) {
        TrustAssessment assessment = validator.validate(
                served.chain(), KeyExchange.of(served.observedChain().how()));
        return RevocationStatus.findRevocation(served, assessment.path(), seen)
                .map(source -> assessment.withProblem(TrustProblem.REVOKED, "revoked " + source))
                .orElse(assessment);
    }
}
