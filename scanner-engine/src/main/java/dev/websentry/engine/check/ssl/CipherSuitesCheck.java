package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.observation.TlsEndpoint.CipherGroupResult;
import dev.websentry.engine.syntax.tls.CipherStrength;
import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that the server accepts only cipher suites with forward secrecy and authenticated encryption. */
final class CipherSuitesCheck implements TlsDependentCheck {
    private static final Set<CipherStrength> BROKEN =
            EnumSet.of(CipherStrength.NO_PROTECTION, CipherStrength.RC4, CipherStrength.SMALL_BLOCK);
    private static final int MIN_STRONG_DH_BITS = 2048;
    private static final int MIN_TOLERATED_DH_BITS = 1024;

    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "ssl.cipher-suites", "Cipher Suites", CheckCategory.SSL, 4)
            .description("The server accepts only cipher suites with forward secrecy and authenticated encryption.")
            .remediation(Remediation.of("Enable only ECDHE cipher suites (or DHE with at least 2048 bits)"
                            + " with AES-GCM or ChaCha20-Poly1305.")
                    .nginx("ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
                            + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
                            + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;")
                    .apache("SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
                            + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
                            + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305")
                    .caddy("# the defaults are fine; remove \"ciphers\" from the tls directive")
                    .haproxy("# global section\nssl-default-bind-ciphers ECDHE-ECDSA-AES128-GCM-SHA256:"
                            + "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
                            + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305")
                    .traefik("""
                            # dynamic configuration
                            tls:
                              options:
                                default:
                                  cipherSuites:
                                    - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
                                    - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
                                    - TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
                                    - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
                                    - TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
                                    - TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"""))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc9325#section-4",
                    "https://www.rfc-editor.org/rfc/rfc7465",
                    "https://wiki.mozilla.org/Security/Server_Side_TLS")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluateTls(ScanObservations seen) {
        List<TlsEndpoint> endpoints = TlsAvailability.tlsEndpoints(seen);
        return evaluate(endpoints).evidence(evidence(endpoints));
    }

    private static CheckVerdict evaluate(List<TlsEndpoint> endpoints) {
        Set<CipherStrength> accepted = EnumSet.noneOf(CipherStrength.class);
        endpoints.forEach(endpoint -> endpoint.suites().stream()
                .filter(CipherSuitesCheck::isAccepted)
                .forEach(answer -> accepted.add(answer.group())));
        int dhBits = endpoints.stream()
                .mapToInt(endpoint -> endpoint.facts().dhBits().orElse(Integer.MAX_VALUE))
                .min()
                .orElse(Integer.MAX_VALUE);
        List<String> broken = titles(accepted, BROKEN);
        if (endpoints.stream().anyMatch(CipherSuitesCheck::acceptsSslv2)) {
            broken.add("all SSLv2 cipher suites");
        }
        if (dhBits < MIN_TOLERATED_DH_BITS) {
            broken.add("Diffie-Hellman with " + dhBits + " bits");
        }
        if (!broken.isEmpty()) {
            return capped(
                    CheckVerdict.fail("Broken cipher suites are accepted: " + String.join(", ", broken)), accepted);
        }
        // A group with an unknown result may be the worst, so a better verdict requires all results.
        endpoints.forEach(endpoint ->
                endpoint.suites().forEach(answer -> answer.accepted().value()));
        List<String> weak = titles(accepted, EnumSet.of(CipherStrength.STATIC_KEY, CipherStrength.CBC));
        if (dhBits < MIN_STRONG_DH_BITS) {
            weak.add("Diffie-Hellman with " + dhBits + " bits");
        }
        return weak.isEmpty()
                ? CheckVerdict.pass("Only cipher suites with forward secrecy and authenticated encryption are accepted")
                : CheckVerdict.warn("Weak cipher suites are accepted: " + String.join(", ", weak));
    }

    private static CheckVerdict capped(CheckVerdict verdict, Set<CipherStrength> accepted) {
        if (accepted.contains(CipherStrength.NO_PROTECTION)) {
            return verdict.withScoreCap(
                    CheckScoreCap.MAX_FOR_GRADE_F, "a NULL, anonymous or EXPORT cipher suite is accepted");
        }
        return accepted.contains(CipherStrength.RC4)
                ? verdict.withScoreCap(CheckScoreCap.MAX_FOR_GRADE_B, "RC4 is accepted")
                : verdict;
    }

    private static boolean isAccepted(CipherGroupResult answer) {
        return answer.accepted().isSeen() && !answer.accepted().value().isEmpty();
    }

    /** All SSLv2 ciphers are broken: RC4, RC2, IDEA, DES and 3DES with MD5, some of them weakened for export. */
    private static boolean acceptsSslv2(TlsEndpoint endpoint) {
        Observation<Boolean> answer = endpoint.versions().get(ProtocolVersion.SSL_2);
        return answer != null && answer.isSeen() && answer.value();
    }

    private static List<String> titles(Set<CipherStrength> accepted, Set<CipherStrength> selection) {
        return accepted.stream()
                .filter(selection::contains)
                .map(CipherStrength::title)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> evidence(List<TlsEndpoint> endpoints) {
        List<String> lines = new ArrayList<>();
        for (TlsEndpoint endpoint : endpoints) {
            for (CipherGroupResult answer : endpoint.suites()) {
                if (isAccepted(answer)) {
                    String names = answer.accepted().value().stream()
                            .map(CipherSuite::name)
                            .collect(Collectors.joining(" "));
                    String more = answer.perhapsMore() ? " and possibly others" : "";
                    lines.add(
                            truncated(endpoint.address() + " " + answer.group().title() + ": " + names, more));
                }
            }
            endpoint.facts()
                    .dhBits()
                    .ifPresent(bits -> lines.add(endpoint.address() + " Diffie-Hellman: " + bits + " bits"));
        }
        return lines.subList(0, Math.min(12, lines.size()));
    }

    /** Truncates a line between two cipher suites. */
    private static String truncated(String line, String more) {
        int maxLength = 300 - more.length();
        if (line.length() <= maxLength) {
            return line + more;
        }
        return line.substring(0, line.lastIndexOf(' ', maxLength - 24)) + " and others";
    }
}
