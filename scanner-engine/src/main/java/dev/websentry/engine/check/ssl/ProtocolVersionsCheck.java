package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.TlsEndpoint;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that the server supports TLS 1.3 and no version older than TLS 1.2. */
final class ProtocolVersionsCheck implements TlsCheck {
    private static final Definition DEFINITION = Definition.of("ssl.protocol-versions", "TLS Version", Category.SSL, 5)
            .describe("The server supports TLS 1.3, optionally TLS 1.2, and no older version.")
            .remedy(Remediation.of("Enable TLS 1.2 and TLS 1.3 and disable every older version.")
                    .nginx("ssl_protocols TLSv1.2 TLSv1.3;")
                    .apache("SSLProtocol -all +TLSv1.2 +TLSv1.3")
                    .with("Spring Boot", "server.ssl.enabled-protocols=TLSv1.2,TLSv1.3"))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc8996",
                    "https://www.rfc-editor.org/rfc/rfc7568",
                    "https://www.rfc-editor.org/rfc/rfc6176")
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
        Set<ProtocolVersion> old = EnumSet.noneOf(ProtocolVersion.class);
        endpoints.forEach(endpoint -> old.addAll(accepted(endpoint)));
        old.removeAll(EnumSet.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3));
        if (!old.isEmpty()) {
            Verdict verdict =
                    Verdict.fail("Obsolete protocol versions are accepted: " + titles(old) + difference(endpoints));
            return capped(verdict, old);
        }
        boolean allAcceptTls13 = true;
        for (TlsEndpoint endpoint : endpoints) {
            for (ProtocolVersion version : ProtocolVersion.values()) {
                boolean accepts = answer(endpoint, version).value();
                allAcceptTls13 &= accepts || version != ProtocolVersion.TLS_1_3;
            }
        }
        if (!allAcceptTls13) {
            return Verdict.warn("TLS 1.2 without TLS 1.3" + (endpoints.size() > 1 ? " on at least one address" : "")
                    + difference(endpoints));
        }
        return Verdict.pass(
                endpoints.stream().anyMatch(endpoint -> accepted(endpoint).contains(ProtocolVersion.TLS_1_2))
                        ? "Only TLS 1.2 and TLS 1.3 are accepted" + difference(endpoints)
                        : "Only TLS 1.3 is accepted");
    }

    /** Returns a note if the addresses are known to accept different versions, else an empty string. */
    private static String difference(List<TlsEndpoint> endpoints) {
        boolean known = endpoints.stream()
                .flatMap(endpoint -> endpoint.versions().values().stream())
                .allMatch(Observed::isSeen);
        long variants = endpoints.stream()
                .map(ProtocolVersionsCheck::accepted)
                .distinct()
                .count();
        return known && variants > 1 ? "; the addresses accept different versions" : "";
    }

    private static Verdict capped(Verdict verdict, Set<ProtocolVersion> old) {
        if (old.contains(ProtocolVersion.SSL_2)) {
            return verdict.cap(Cap.F, "SSLv2 is accepted");
        }
        if (old.contains(ProtocolVersion.SSL_3)) {
            return verdict.cap(Cap.B, "SSLv3 is accepted");
        }
        return verdict.cap(Cap.A, titles(old) + (old.size() == 1 ? " is" : " are") + " accepted");
    }

    private static Observed<Boolean> answer(TlsEndpoint endpoint, ProtocolVersion version) {
        return endpoint.versions().getOrDefault(version, Observed.unknown(version.title() + " was not probed"));
    }

    private static Set<ProtocolVersion> accepted(TlsEndpoint endpoint) {
        Set<ProtocolVersion> accepted = EnumSet.noneOf(ProtocolVersion.class);
        for (ProtocolVersion version : ProtocolVersion.values()) {
            Observed<Boolean> answer = answer(endpoint, version);
            if (answer.isSeen() && answer.value()) {
                accepted.add(version);
            }
        }
        return accepted;
    }

    private static String titles(Set<ProtocolVersion> versions) {
        return versions.stream().map(ProtocolVersion::title).collect(Collectors.joining(", "));
    }

    private static List<String> evidence(List<TlsEndpoint> endpoints) {
        return endpoints.stream()
                .map(endpoint -> endpoint.address() + ": "
                        + Arrays.stream(ProtocolVersion.values())
                                .map(version -> version.title() + " " + yesOrNo(answer(endpoint, version)))
                                .collect(Collectors.joining(", ")))
                .map(Line::of)
                .toList();
    }

    private static String yesOrNo(Observed<Boolean> answer) {
        if (!answer.isSeen()) {
            return "unknown";
        }
        return answer.value() ? "yes" : "no";
    }
}
