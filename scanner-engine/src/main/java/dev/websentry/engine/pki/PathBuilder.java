package dev.websentry.engine.pki;

import dev.websentry.engine.pki.PathValidator.PathDefect;
import dev.websentry.engine.pki.SignatureVerifier.SignatureStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/**
 * Searches certification paths from a leaf to a trusted root, in any order of the candidates, until one is valid. Does
 * not apply the algorithm restrictions of the Java runtime, so that verdicts do not depend on it. Not thread-safe.
 */
final class PathBuilder {
    /** The maximum number of certificates of a path, with leaf and anchor. */
    private static final int MAX_PATH_LENGTH = 10;
    /** Servers send a handful; the others are ignored. */
    private static final int MAX_CANDIDATES = 100;

    private final List<ParsedCertificate> candidates;
    private final List<ParsedCertificate> anchors;
    private final PathValidator validator;
    private final ValidationBudget budget;
    private final Comparator<ParsedCertificate> plausibility;
    private final Map<ByteString, List<ParsedCertificate>> issuers = new HashMap<>();
    private Optional<BuiltPath> best = Optional.empty();
    private boolean exhausted;

    /**
     * A path to an anchor.
     *
     * @param certificates the certificates, leaf first
     * @param defects what is wrong with the path; empty if it is valid
     */
    record BuiltPath(List<ParsedCertificate> certificates, List<PathDefect> defects) {
        BuiltPath {
            certificates = List.copyOf(certificates);
            defects = List.copyOf(defects);
        }

        boolean isValid() {
            return defects.isEmpty();
        }

        PathDefect worstDefect() {
            return defects.stream()
                    .max(Comparator.comparing(PathDefect::problem))
                    .orElseThrow();
        }
    }

    /**
     * Creates a path builder.
     *
     * @param candidates candidates for intermediate certificates
     * @param anchors trusted root certificates
     * @param validator validates the paths
     * @param now the time at which valid certificates are preferred
     * @param budget bounds the search
     */
    PathBuilder(
            List<ParsedCertificate> candidates,
            List<ParsedCertificate> anchors,
            PathValidator validator,
            Instant now,
            ValidationBudget budget) {
        this.candidates = candidates.stream().limit(MAX_CANDIDATES).toList();
        this.anchors = anchors;
        this.validator = validator;
        this.budget = budget;
        this.plausibility = Comparator.comparing((ParsedCertificate candidate) -> !candidate.isValidAt(now))
                .thenComparing(candidate -> candidate
                        .extensions()
                        .filter(CertificateExtensions::authority)
                        .isEmpty());
    }

    /**
     * Searches a valid path.
     *
     * @return a valid path if there is one; otherwise the path with the fewest defects; empty if no path ends in an
     *     anchor
     */
    Optional<BuiltPath> build(ParsedCertificate leaf) {
        if (isAnchor(leaf)) {
            complete(List.of(leaf), true);
        }
        if (best.filter(BuiltPath::isValid).isEmpty()) {
            extend(List.of(leaf), true);
        }
        return best;
    }

    /** Returns whether the search ended early because the budget was exhausted. */
    boolean isExhausted() {
        return exhausted;
    }

    /** Returns whether the search is over. */
    private boolean extend(List<ParsedCertificate> path, boolean verifiable) {
        ParsedCertificate last = path.get(path.size() - 1);
        if (path.size() >= MAX_PATH_LENGTH) {
            return false;
        }
        for (ParsedCertificate issuer : issuersOf(last)) {
            if (path.stream().anyMatch(issuer::isSameEntity)) {
                continue;
            }
            Optional<SignatureStatus> signature = budget.takeStep() ? budget.verify(last, issuer) : Optional.empty();
            if (signature.isEmpty()) {
                exhausted = true;
                return true;
            }
            if (signature.get() == SignatureStatus.INVALID) {
                continue;
            }
            List<ParsedCertificate> longer = new ArrayList<>(path);
            longer.add(issuer);
            boolean known = verifiable && signature.get() == SignatureStatus.VALID;
            if (isAnchor(issuer) ? complete(longer, known) : extend(longer, known)) {
                return true;
            }
        }
        return false;
    }

    /** Validates a path; returns whether the search is over. */
    private boolean complete(List<ParsedCertificate> path, boolean verifiable) {
        if (!budget.takePath()) {
            exhausted = true;
            return true;
        }
        List<PathDefect> defects = new ArrayList<>(validator.validate(path));
        if (!verifiable) {
            defects.add(new PathDefect(
                    TrustProblem.UNVERIFIABLE,
                    "this Java runtime cannot verify the signatures of the certificate chain, whose leaf is signed"
                            + " with "
                            + path.get(0).certificate().getSigAlgName()));
        }
        if (best.isEmpty() || defects.size() < best.get().defects().size()) {
            best = Optional.of(new BuiltPath(path, defects));
        }
        return defects.isEmpty();
    }

    private boolean isAnchor(ParsedCertificate certificate) {
        return anchors.stream().anyMatch(anchor -> anchor.id().equals(certificate.id()));
    }

    /** Returns the anchors and candidates that may have issued a certificate, the most plausible first. */
    private List<ParsedCertificate> issuersOf(ParsedCertificate certificate) {
        return issuers.computeIfAbsent(certificate.id(), id -> {
            List<ParsedCertificate> named = new ArrayList<>();
            anchors.stream()
                    .filter(anchor -> anchor.isNamedAsIssuerOf(certificate))
                    .forEach(named::add);
            candidates.stream()
                    .filter(candidate -> candidate.isNamedAsIssuerOf(certificate) && !isAnchor(candidate))
                    .forEach(named::add);
            // The sort is stable: anchors stay before candidates of the same plausibility.
            named.sort(Comparator.comparing((ParsedCertificate issuer) -> !issuer.hasKeyIdentifierFor(certificate))
                    .thenComparing(plausibility));
            return named;
        });
    }
}
