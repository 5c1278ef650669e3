package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.TlsEndpoint;
import dev.websentry.engine.observe.TlsEndpoint.GroupAnswer;
import dev.websentry.engine.syntax.tls.CipherGroup;
import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that the server accepts only cipher suites with forward secrecy and authenticated encryption. */
final class CipherSuitesCheck implements TlsCheck {
    private static final Set<CipherGroup> BROKEN =
            EnumSet.of(CipherGroup.NO_PROTECTION, CipherGroup.RC4, CipherGroup.SMALL_BLOCK);
    private static final int MIN_STRONG_DH_BITS = 2048;
    private static final int MIN_TOLERATED_DH_BITS = 1024;

    private static final Definition DEFINITION = Definition.of("ssl.cipher-suites", "Cipher Suites", Category.SSL, 4)
            .describe("The server accepts only cipher suites with forward secrecy and authenticated encryption.")
            .remedy(Remediation.of("Enable only ECDHE cipher suites (or DHE with at least 2048 bits)"
                            + " with AES-GCM or ChaCha20-Poly1305.")
                    .nginx("ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
                            + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
                            + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;")
                    .apache("SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
                            + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
                            + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc9325#section-4",
                    "https://www.rfc-editor.org/rfc/rfc7465",
                    "https://wiki.mozilla.org/Security/Server_Side_TLS")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judgeServed(Observations seen) {
        List<TlsEndpoint> endpoints = ServedTls.endpoints(seen);
        return evaluate(endpoints).evidence(evidence(endpoints));
    }

    private static Verdict evaluate(List<TlsEndpoint> endpoints) {
        Set<CipherGroup> accepted = EnumSet.noneOf(CipherGroup.class);
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
            return capped(Verdict.fail("Broken cipher suites are accepted: " + String.join(", ", broken)), accepted);
        }
        // A group with an unknown result may be the worst, so a better verdict requires all results.
        endpoints.forEach(endpoint ->
                endpoint.suites().forEach(answer -> answer.accepted().value()));
        List<String> weak = titles(accepted, EnumSet.of(CipherGroup.STATIC_KEY, CipherGroup.CBC));
        if (dhBits < MIN_STRONG_DH_BITS) {
            weak.add("Diffie-Hellman with " + dhBits + " bits");
        }
        return weak.isEmpty()
                ? Verdict.pass("Only cipher suites with forward secrecy and authenticated encryption are accepted")
                : Verdict.warn("Weak cipher suites are accepted: " + String.join(", ", weak));
    }

    private static Verdict capped(Verdict verdict, Set<CipherGroup> accepted) {
        if (accepted.contains(CipherGroup.NO_PROTECTION)) {
            return verdict.cap(Cap.F, "a NULL, anonymous or EXPORT cipher suite is accepted");
        }
        return accepted.contains(CipherGroup.RC4) ? verdict.cap(Cap.B, "RC4 is accepted") : verdict;
    }

    private static boolean isAccepted(GroupAnswer answer) {
        return answer.accepted().isSeen() && !answer.accepted().value().isEmpty();
    }

    /** All SSLv2 ciphers are broken: RC4, RC2, IDEA, DES and 3DES with MD5, some of them weakened for export. */
    private static boolean acceptsSslv2(TlsEndpoint endpoint) {
        Observed<Boolean> answer = endpoint.versions().get(ProtocolVersion.SSL_2);
        return answer != null && answer.isSeen() && answer.value();
    }

    private static List<String> titles(Set<CipherGroup> accepted, Set<CipherGroup> selection) {
        return accepted.stream()
                .filter(selection::contains)
                .map(CipherGroup::title)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> evidence(List<TlsEndpoint> endpoints) {
        List<String> lines = new ArrayList<>();
        for (TlsEndpoint endpoint : endpoints) {
            for (GroupAnswer answer : endpoint.suites()) {
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
