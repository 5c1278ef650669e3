package dev.websentry.engine.pki;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.pki.RandomChains.GeneratedChain;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the verdicts on generated chains with {@code openssl verify}. Every deviation is one of {@link Deviation}; a
 * chain that only this validator accepts is never acceptable without one. The system property {@code pki.chains} sets
 * the number of chains, {@code pki.seed} the seed.
 */
@EnabledIf(
        value = "dev.websentry.testsite.tls.OpenSslServer#isInstalled",
        disabledReason = "openssl is not installed: the comparison with openssl verify is SKIPPED")
class OpenSslDifferentialTest {
    private static final int CHAINS = Integer.getInteger("pki.chains", 200);
    private static final long SEED = Long.getLong("pki.seed", 20260301);

    @TempDir
    private Path directory;

    /** The rules by which the verdicts may differ. */
    private enum Deviation {
        /** RFC 5280 section 6 and browsers: any valid path is enough. OpenSSL does not try every candidate. */
        ANY_VALID_PATH,
        /**
         * RFC 5280 section 6.1: a certificate is self-signed only if its own key signed it, and several CAs may have one
         * name. OpenSSL selects issuers by name and key identifier, and does not try another one. The JDK confirms the
         * signatures of the path.
         */
        ISSUER_NOT_SELECTED_BY_NAME,
        /** RFC 5280 section 4.2.1.12, Chromium and Go: anyExtendedKeyUsage allows each purpose. OpenSSL ignores it. */
        ANY_PURPOSE,
        /** RFC 9525: the common name is not a host name; dNSName constraints do not apply to it. OpenSSL applies them. */
        COMMON_NAME_IS_NO_HOST,
        /** RFC 9155 and browsers: SHA-1 is rejected. openssl verify has security level 0. */
        WEAK_SIGNATURE,
        /** RFC 5280 section 4.2.1.9: a CA of version 3 has basic constraints. OpenSSL is content with a key usage. */
        BASIC_CONSTRAINTS_REQUIRED,
        /** RFC 5280 section 4.2.1.3 and browsers: an EC key must be allowed to sign. OpenSSL accepts key agreement. */
        KEY_USAGE_OF_HANDSHAKE,
        /** Chromium: a wildcard may stand for a name in an excluded subtree. OpenSSL compares the text. */
        WILDCARD_IN_EXCLUDED_SUBTREE,
        /** RFC 5280 section 4.2.1.10: clients may reject names of forms whose constraints they do not process. */
        UNPROCESSED_NAME_FORM
    }

    @Test
    void verdictsAreThoseOfOpenSsl() throws Exception {
        RandomChains chains = new RandomChains(SEED);
        OpenSslVerifier openSsl = new OpenSslVerifier(directory);
        Map<String, Integer> counts = new TreeMap<>();
        List<String> unexplained = new ArrayList<>();
        for (int i = 0; i < CHAINS; i++) {
            GeneratedChain chain = chains.next();
            TrustAssessment own = new ChainValidator(
                            List.of(chain.anchor()),
                            List.of(),
                            ConstrainedRoots.bundled(),
                            CertificateSpec.NOW,
                            new ValidationBudget())
                    .validate(chain.served(), KeyExchange.UNKNOWN);
            String rejection = openSsl.rejection(chain.served(), chain.anchor());
            String verdict;
            if (own.isAccepted() == rejection.isEmpty()) {
                verdict = own.isAccepted() ? "both accept" : "both reject";
            } else {
                Optional<Deviation> deviation =
                        own.isAccepted() ? onlyAccepted(own, rejection, openSsl) : onlyRejected(own);
                verdict = deviation.map(Enum::name).orElse("unexplained");
                if (deviation.isEmpty()) {
                    unexplained.add("chain " + i + " " + chain.description() + ": " + own.problem() + " " + own.detail()
                            + " / openssl: " + rejection);
                }
            }
            counts.merge(verdict, 1, Integer::sum);
        }
        System.out.println("openssl verify, " + CHAINS + " chains, seed " + SEED + ": " + counts);
        assertTrue(unexplained.isEmpty(), () -> String.join("\n", unexplained));
        assertTrue(counts.getOrDefault("both accept", 0) > CHAINS / 10, counts::toString);
        assertTrue(counts.getOrDefault("both reject", 0) > CHAINS / 10, counts::toString);
    }

    /** Explains a chain that only this validator accepts: its own path must convince OpenSSL. */
    private static Optional<Deviation> onlyAccepted(TrustAssessment own, String rejection, OpenSslVerifier openSsl)
            throws Exception {
        List<X509Certificate> path = own.path();
        String exact = openSsl.rejection(path.subList(0, path.size() - 1), path.get(path.size() - 1));
        if (exact.isEmpty()) {
            return Optional.of(Deviation.ANY_VALID_PATH);
        }
        boolean oneName = exact.contains("self-signed certificate") && sharesName(path.subList(0, 1), path);
        boolean severalCas =
                exact.contains("certificate signature failure") && sharesName(path.subList(1, path.size()), path);
        if ((oneName || severalCas) && hasGenuineSignatures(path)) {
            return Optional.of(Deviation.ISSUER_NOT_SELECTED_BY_NAME);
        }
        boolean anyPurpose = false;
        for (X509Certificate certificate : path) {
            List<String> purposes = certificate.getExtendedKeyUsage();
            anyPurpose |= purposes != null && purposes.contains("2.5.29.37.0");
        }
        if (anyPurpose && exact.contains("purpose")) {
            return Optional.of(Deviation.ANY_PURPOSE);
        }
        boolean hostInNames =
                Optional.ofNullable(path.get(0).getExtensionValue("2.5.29.17")).isPresent()
                        && ParsedCertificate.of(path.get(0)).extensions().orElseThrow().names().stream()
                                .anyMatch(name -> name.type() == GeneralName.DNS_NAME);
        return !hostInNames && exact.contains("subtree violation")
                ? Optional.of(Deviation.COMMON_NAME_IS_NO_HOST)
                : Optional.empty();
    }

    /** Returns whether one of some certificates of a path has the subject of another certificate of the path. */
    private static boolean sharesName(List<X509Certificate> some, List<X509Certificate> path) {
        return some.stream()
                .anyMatch(certificate -> path.stream()
                        .anyMatch(other -> !other.equals(certificate)
                                && other.getSubjectX500Principal().equals(certificate.getSubjectX500Principal())));
    }

    private static boolean hasGenuineSignatures(List<X509Certificate> path) {
        try {
            for (int i = 0; i < path.size() - 1; i++) {
                path.get(i).verify(path.get(i + 1).getPublicKey());
            }
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Optional<Deviation> onlyRejected(TrustAssessment own) {
        if (own.problem() == TrustProblem.WEAK_SIGNATURE) {
            return Optional.of(Deviation.WEAK_SIGNATURE);
        }
        if (own.problem() == TrustProblem.WRONG_KEY_USAGE) {
            return Optional.of(Deviation.KEY_USAGE_OF_HANDSHAKE);
        }
        if (own.problem() != TrustProblem.CONSTRAINT_VIOLATED) {
            return Optional.empty();
        }
        Map<String, Deviation> byDetail = Map.of(
                "is not a CA certificate", Deviation.BASIC_CONSTRAINTS_REQUIRED,
                "*.example.com is in an excluded subtree", Deviation.WILDCARD_IN_EXCLUDED_SUBTREE,
                "https://", Deviation.UNPROCESSED_NAME_FORM);
        return byDetail.keySet().stream()
                .filter(own.detail()::contains)
                .map(byDetail::get)
                .findFirst();
    }
}
