package dev.websentry.engine.check.ssl;

import dev.websentry.engine.config.RootStoreChoice.RootStoreKind;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TrustedRoots;
import dev.websentry.engine.pki.DistrustedRoots;
import dev.websentry.engine.pki.SignedTimestamps;
import dev.websentry.engine.pki.TrustAssessment;
import dev.websentry.engine.pki.TrustProblem;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.Quantity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies what browsers require of a root in addition to a valid path: a root store, dates after which they distrust a
 * root, and signed certificate timestamps (SCTs) under public roots. Configured roots are exempt from the dates.
 */
final class RootTrust {
    /** The age from which reports mention that the list of the browsers' roots is old. */
    static final Duration MAX_LIST_AGE = Duration.ofDays(200);

    private final ServedCertificate served;
    private final List<X509Certificate> anchors;
    private final Optional<StoreRoots> stores;
    private final SignedTimestamps timestamps;
    private final DistrustedRoots distrusted;

    /** Validates the served chain against anchors. */
    @FunctionalInterface
    interface PathValidation {
        TrustAssessment validate(List<X509Certificate> anchors);
    }

    /** The parsed roots of the stores. */
    private record StoreRoots(
            RootStoreKind kind,
            List<X509Certificate> configured,
            List<X509Certificate> browsers,
            List<X509Certificate> jdk) {
        static StoreRoots of(TrustedRoots roots) {
            return new StoreRoots(
                    roots.kind(),
                    ServedCertificate.parseReadable(roots.configured()),
                    ServedCertificate.parseReadable(roots.browsers()),
                    ServedCertificate.parseReadable(roots.jdk()));
        }
    }

    private RootTrust(ServedCertificate served, ScanObservations seen, DistrustedRoots distrusted) {
        this.served = served;
        this.anchors = ServedCertificate.parseReadable(seen.tls().anchors());
        this.stores = seen.tls().roots().map(StoreRoots::of);
        this.timestamps = timestamps(served);
        this.distrusted = distrusted;
    }

    /**
     * Assesses a served certificate.
     *
     * @param served the certificate
     * @param seen the roots
     * @param validation validates the paths of the certificate
     */
    static TrustAssessment assess(ServedCertificate served, ScanObservations seen, PathValidation validation) {
        return assess(served, seen, validation, DistrustedRoots.bundled());
    }

    /** Assesses a served certificate with another table of distrusted roots. */
    static TrustAssessment assess(
            ServedCertificate served, ScanObservations seen, PathValidation validation, DistrustedRoots distrusted) {
        return new RootTrust(served, seen, distrusted).assess(validation);
    }

    /** Returns the timestamps of a certificate, from the certificate, the handshake and the stapled OCSP response. */
    static SignedTimestamps timestamps(ServedCertificate served) {
        return SignedTimestamps.of(
                served.leaf(),
                served.observedChain().timestamps(),
                served.observedChain().stapledOcsp());
    }

    /** Returns a line about the root store that decided, or empty for recordings that do not contain it. */
    static Optional<String> storeLine(ScanObservations seen) {
        return seen.tls().roots().map(roots -> switch (roots.kind()) {
            case BROWSERS ->
                "trust decided by the roots that browsers have, list of "
                        + roots.browserListDate().toString().substring(0, 10);
            case JDK -> "trust decided by the roots of the Java runtime";
            case FILE -> "trust decided by the roots of the configured file";
        });
    }

    /** Returns a remark if the list of the browsers' roots decided and is old. */
    static Optional<String> listAge(ScanObservations seen) {
        return seen.tls()
                .roots()
                .filter(roots -> roots.kind() == RootStoreKind.BROWSERS)
                .map(roots -> Duration.between(roots.browserListDate(), seen.now()))
                .filter(age -> age.compareTo(MAX_LIST_AGE) > 0)
                .map(age -> "the list of the browsers' roots is " + Quantity.of(age.toDays(), "day")
                        + " old; update WebSentry");
    }

    private TrustAssessment assess(PathValidation validation) {
        List<X509Certificate> accepted =
                anchors.stream().filter(root -> distrustedAfter(root).isEmpty()).toList();
        TrustAssessment assessment = validation.validate(accepted);
        if (assessment.isAccepted()) {
            return withStaple(withTimestamps(withOtherStores(assessment)));
        }
        if (assessment.problem() != TrustProblem.UNKNOWN_CA) {
            return assessment;
        }
        return underDistrustedRoot(accepted, validation)
                .or(() -> underOtherStore(validation))
                .orElse(assessment);
    }

    private Optional<Instant> distrustedAfter(X509Certificate root) {
        boolean configured =
                stores.filter(roots -> roots.configured().contains(root)).isPresent();
        return configured ? Optional.empty() : distrusted.distrustsAfter(root, served.leaf(), timestamps);
    }

    private Optional<TrustAssessment> underDistrustedRoot(List<X509Certificate> accepted, PathValidation validation) {
        if (accepted.size() == anchors.size()) {
            return Optional.empty();
        }
        TrustAssessment all = validation.validate(anchors);
        return all.isAccepted()
                ? Optional.of(new TrustAssessment(
                        TrustProblem.DISTRUSTED_ROOT,
                        "the chain leads to " + rootName(all) + "; browsers distrust certificates that it issued after "
                                + distrustedAfter(root(all))
                                        .map(Instant::toString)
                                        .orElse("a date"),
                        all.path()))
                : Optional.empty();
    }

    /** Looks for a root that another store has: the JDK's if the browsers' list or a file decides, and vice versa. */
    private Optional<TrustAssessment> underOtherStore(PathValidation validation) {
        if (stores.isEmpty()) {
            return Optional.empty();
        }
        StoreRoots roots = stores.get();
        boolean jdkDecides = roots.kind() == RootStoreKind.JDK;
        List<X509Certificate> others = new ArrayList<>(jdkDecides ? roots.browsers() : roots.jdk());
        others.removeAll(anchors);
        if (others.isEmpty()) {
            return Optional.empty();
        }
        TrustAssessment other = validation.validate(others);
        return other.isAccepted()
                ? Optional.of(new TrustAssessment(
                        TrustProblem.UNKNOWN_CA,
                        "unknown CA: the chain leads to " + rootName(other)
                                + (jdkDecides
                                        ? ", which browsers trust but this JDK's clients do not"
                                        : ", which only this JDK's clients trust"
                                                + (roots.kind() == RootStoreKind.BROWSERS ? "; browsers do not" : "")),
                        List.of()))
                : Optional.empty();
    }

    /** Names a root that only one store has. */
    private TrustAssessment withOtherStores(TrustAssessment assessment) {
        X509Certificate root = root(assessment);
        if (stores.isEmpty() || stores.get().configured().contains(root)) {
            return assessment;
        }
        String note = "";
        if (!stores.get().jdk().contains(root)) {
            note = " (this JDK's clients do not trust it)";
        } else if (!stores.get().browsers().contains(root)) {
            note = " (browsers do not trust it)";
        }
        return new TrustAssessment(assessment.problem(), assessment.detail() + note, assessment.path());
    }

    /** Applies the requirement of timestamps under public roots (Chrome's certificate transparency policy). */
    private TrustAssessment withTimestamps(TrustAssessment assessment) {
        boolean publicRoot = stores.filter(roots -> roots.browsers().contains(root(assessment)))
                .isPresent();
        if (!publicRoot || timestamps.suffice(served.leaf())) {
            return assessment;
        }
        if (timestamps.logs() > 0) {
            return assessment.withProblem(
                    TrustProblem.FEW_TIMESTAMPS,
                    "signed timestamps (SCTs) of only " + Quantity.of(timestamps.logs(), "log") + ", Chrome requires "
                            + Quantity.of(timestamps.requiredLogs(served.leaf()), "distinct log")
                            + " for the lifetime (the operators of"
                            + " the logs are not checked)");
        }
        return isHandshakeObserved()
                ? assessment.withProblem(
                        TrustProblem.NO_TIMESTAMPS,
                        "no signed timestamp (SCT) in the certificate, the handshake or a stapled OCSP response;"
                                + " browsers reject such certificates under the public root " + rootName(assessment))
                : assessment.withProblem(
                        TrustProblem.FEW_TIMESTAMPS,
                        "no signed timestamp (SCT) in the certificate; whether the handshake contains some is unknown");
    }

    /** Applies the TLS feature extension (RFC 7633), which requires a stapled OCSP response. */
    private TrustAssessment withStaple(TrustAssessment assessment) {
        boolean missing = TlsFeatures.requireStapling(served.leaf())
                && served.observedChain().stapledOcsp().isEmpty()
                && isHandshakeObserved();
        return missing
                ? assessment.withProblem(
                        TrustProblem.NO_STAPLE,
                        "the certificate requires a stapled OCSP response (must-staple), which the server does not send")
                : assessment;
    }

    /** Returns whether a handshake was seen in full; the HTTP client does not expose timestamps and OCSP responses. */
    private boolean isHandshakeObserved() {
        return served.observedChain().timestamps().isPresent();
    }

    private static X509Certificate root(TrustAssessment assessment) {
        return assessment.path().get(assessment.path().size() - 1);
    }

    private static String rootName(TrustAssessment assessment) {
        return Excerpt.evidenceLine(root(assessment).getSubjectX500Principal().getName());
    }
}
