package dev.websentry.engine.probe.tls;

import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.engine.syntax.tls.ServerReply;

/** Finds out whether one version is accepted. */
final class VersionProbe {
    private final HelloClient client;
    private final Hellos hellos;

    VersionProbe(HelloClient client, Hellos hellos) {
        this.client = client;
        this.hellos = hellos;
    }

    /** A second hello when the first is refused: its suites or its missing key share may have been the reason. */
    HelloAnswer ask(ProtocolVersion version) {
        HelloAnswer first = client.send(hellos.version(version, false));
        boolean refused =
                first instanceof HelloAnswer.Replied replied && replied.reply() instanceof ServerReply.Refused;
        return refused ? client.send(hellos.version(version, true)) : first;
    }

    /** A ServerHello counts only when its version is the one that was offered; a HelloRetryRequest is one too. */
    static Observed<Boolean> accepted(ProtocolVersion version, HelloAnswer answer) {
        return answer.flight()
                .map(flight -> flight.isPresent() && flight.get().hello().version() == version.code());
    }
}
