package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Probes each protocol version of one address. The TLS versions are offered at once. The SSL versions, on which no
 * other probe depends, follow when the first handshakes are complete, so that they do not delay other connections.
 */
final class ProtocolVersionResults {
    private final CompletableFuture<Observation<Boolean>> sslv2;
    private final Map<ProtocolVersion, CompletableFuture<HandshakeOutcome>> asked =
            new EnumMap<>(ProtocolVersion.class);

    /** Starts the handshakes. */
    ProtocolVersionResults(HandshakeClient client, ClientHelloTemplates hellos, TaskScope tasks) {
        ProtocolVersionProbe probe = new ProtocolVersionProbe(client, hellos);
        for (ProtocolVersion version : ProtocolVersion.values()) {
            if (version.compareTo(ProtocolVersion.SSL_3) > 0) {
                asked.put(version, tasks.start(() -> probe.probe(version)));
            }
        }
        CompletableFuture<HandshakeOutcome> first = asked(ProtocolVersion.TLS_1_2);
        CompletableFuture<HandshakeOutcome> second = asked(ProtocolVersion.TLS_1_3);
        asked.put(ProtocolVersion.SSL_3, tasks.start(() -> {
            TaskScope.join(first);
            return probe.probe(ProtocolVersion.SSL_3);
        }));
        sslv2 = tasks.start(() -> {
            TaskScope.join(second);
            return client.sendSslv2();
        });
    }

    private CompletableFuture<HandshakeOutcome> asked(ProtocolVersion version) {
        return java.util.Objects.requireNonNull(asked.get(version));
    }

    /** Waits for the outcomes of all versions except SSLv2 and returns them, oldest version first. */
    Map<ProtocolVersion, HandshakeOutcome> outcomes() {
        Map<ProtocolVersion, HandshakeOutcome> answers = new EnumMap<>(ProtocolVersion.class);
        asked.forEach((version, answer) -> answers.put(version, TaskScope.join(answer)));
        return answers;
    }

    /** Waits for all versions and returns whether the server accepts each of them. */
    Map<ProtocolVersion, Observation<Boolean>> acceptedVersions() {
        Map<ProtocolVersion, Observation<Boolean>> versions = new EnumMap<>(ProtocolVersion.class);
        versions.put(ProtocolVersion.SSL_2, TaskScope.join(sslv2));
        outcomes()
                .forEach((version, answer) -> versions.put(version, ProtocolVersionProbe.isAccepted(version, answer)));
        return versions;
    }
}
