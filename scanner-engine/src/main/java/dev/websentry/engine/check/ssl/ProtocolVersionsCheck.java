package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that the server supports TLS 1.3 and no version older than TLS 1.2. */
final class ProtocolVersionsCheck implements TlsDependentCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "ssl.protocol-versions", "TLS Version", CheckCategory.SSL, 5)
            .description("The server supports TLS 1.3, optionally TLS 1.2, and no older version.")
            .remediation(Remediation.of("Enable TLS 1.2 and TLS 1.3 and disable every older version.")
                    .nginx("ssl_protocols TLSv1.2 TLSv1.3;")
                    .apache("SSLProtocol -all +TLSv1.2 +TLSv1.3")
                    .withConfig("Spring Boot", "server.ssl.enabled-protocols=TLSv1.2,TLSv1.3")
                    .caddy("# these are also the defaults\ntls {\n    protocols tls1.2 tls1.3\n}")
                    .haproxy("# global section\nssl-default-bind-options ssl-min-ver TLSv1.2")
                    .traefik("# dynamic configuration\ntls:\n  options:\n    default:\n"
                            + "      minVersion: VersionTLS12"))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc8996",
                    "https://www.rfc-editor.org/rfc/rfc7568",
                    "https://www.rfc-editor.org/rfc/rfc6176")
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
        Set<ProtocolVersion> old = EnumSet.noneOf(ProtocolVersion.class);
        endpoints.forEach(endpoint -> old.addAll(accepted(endpoint)));
        old.removeAll(EnumSet.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3));
        if (!old.isEmpty()) {
            CheckVerdict verdict = CheckVerdict.fail(
                    "Obsolete protocol versions are accepted: " + titles(old) + difference(endpoints));
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
            return CheckVerdict.warn("TLS 1.2 without TLS 1.3"
                    + (endpoints.size() > 1 ? " on at least one address" : "") + difference(endpoints));
        }
        return CheckVerdict.pass(
                endpoints.stream().anyMatch(endpoint -> accepted(endpoint).contains(ProtocolVersion.TLS_1_2))
                        ? "Only TLS 1.2 and TLS 1.3 are accepted" + difference(endpoints)
                        : "Only TLS 1.3 is accepted");
    }

    /** Returns a note if the addresses are known to accept different versions, else an empty string. */
    private static String difference(List<TlsEndpoint> endpoints) {
        boolean known = endpoints.stream()
                .flatMap(endpoint -> endpoint.versions().values().stream())
                .allMatch(Observation::isSeen);
        long variants = endpoints.stream()
                .map(ProtocolVersionsCheck::accepted)
                .distinct()
                .count();
        return known && variants > 1 ? "; the addresses accept different versions" : "";
    }

    private static CheckVerdict capped(CheckVerdict verdict, Set<ProtocolVersion> old) {
        if (old.contains(ProtocolVersion.SSL_2)) {
            return verdict.withScoreCap(CheckScoreCap.MAX_FOR_GRADE_F, "SSLv2 is accepted");
        }
        if (old.contains(ProtocolVersion.SSL_3)) {
            return verdict.withScoreCap(CheckScoreCap.MAX_FOR_GRADE_B, "SSLv3 is accepted");
        }
        return verdict.withScoreCap(
                CheckScoreCap.MAX_FOR_GRADE_A, titles(old) + (old.size() == 1 ? " is" : " are") + " accepted");
    }

    private static Observation<Boolean> answer(TlsEndpoint endpoint, ProtocolVersion version) {
        return endpoint.versions().getOrDefault(version, Observation.unknown(version.title() + " was not probed"));
    }

    private static Set<ProtocolVersion> accepted(TlsEndpoint endpoint) {
        Set<ProtocolVersion> accepted = EnumSet.noneOf(ProtocolVersion.class);
        for (ProtocolVersion version : ProtocolVersion.values()) {
            Observation<Boolean> answer = answer(endpoint, version);
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
                .map(Excerpt::evidenceLine)
                .toList();
    }

    private static String yesOrNo(Observation<Boolean> answer) {
        if (!answer.isSeen()) {
            return "unknown";
        }
        return answer.value() ? "yes" : "no";
    }
}
