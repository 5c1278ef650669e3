package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Probes each protocol version of one address. The TLS versions are offered at once. The SSL versions, on which no
 * other probe depends, follow when the first handshakes are complete, so that they do not delay other connections.
 */
final class VersionAnswers {
    private final CompletableFuture<Observed<Boolean>> sslv2;
    private final Map<ProtocolVersion, CompletableFuture<HelloAnswer>> asked = new EnumMap<>(ProtocolVersion.class);

    /** Starts the handshakes. */
    VersionAnswers(HelloClient client, Hellos hellos, Tasks tasks) {
        VersionProbe probe = new VersionProbe(client, hellos);
        for (ProtocolVersion version : ProtocolVersion.values()) {
            if (version.compareTo(ProtocolVersion.SSL_3) > 0) {
                asked.put(version, tasks.start(() -> probe.ask(version)));
            }
        }
        CompletableFuture<HelloAnswer> first = asked(ProtocolVersion.TLS_1_2);
        CompletableFuture<HelloAnswer> second = asked(ProtocolVersion.TLS_1_3);
        asked.put(ProtocolVersion.SSL_3, tasks.start(() -> {
            Tasks.join(first);
            return probe.ask(ProtocolVersion.SSL_3);
        }));
        sslv2 = tasks.start(() -> {
            Tasks.join(second);
            return client.sendSslv2();
        });
    }

    private CompletableFuture<HelloAnswer> asked(ProtocolVersion version) {
        return java.util.Objects.requireNonNull(asked.get(version));
    }

    /** Waits for the outcomes of all versions except SSLv2 and returns them, oldest version first. */
    Map<ProtocolVersion, HelloAnswer> answers() {
        Map<ProtocolVersion, HelloAnswer> answers = new EnumMap<>(ProtocolVersion.class);
        asked.forEach((version, answer) -> answers.put(version, Tasks.join(answer)));
        return answers;
    }

    /** Waits for all versions and returns whether the server accepts each of them. */
    Map<ProtocolVersion, Observed<Boolean>> accepted() {
        Map<ProtocolVersion, Observed<Boolean>> versions = new EnumMap<>(ProtocolVersion.class);
        versions.put(ProtocolVersion.SSL_2, Tasks.join(sslv2));
        answers().forEach((version, answer) -> versions.put(version, VersionProbe.accepted(version, answer)));
        return versions;
    }
}
