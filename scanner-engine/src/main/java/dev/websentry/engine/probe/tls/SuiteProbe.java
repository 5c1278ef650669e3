package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.TlsEndpoint.GroupAnswer;
import dev.websentry.engine.syntax.tls.CipherGroup;
import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.engine.syntax.tls.ServerFlight;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Offers suites group by group, then names the weak ones that were accepted. */
final class SuiteProbe {
    private final HelloClient client;
    private final Hellos hellos;
    private final Tasks tasks;

    SuiteProbe(HelloClient client, Hellos hellos, Tasks tasks) {
        this.client = client;
        this.hellos = hellos;
        this.tasks = tasks;
    }

    /** A group that was offered under a version, and the suite that the server took. */
    record Offer(CipherGroup group, ProtocolVersion version, Observed<Optional<CipherSuite>> taken) {
        boolean isTaken() {
            return taken.isSeen() && taken.value().isPresent();
        }
    }

    /** Every group once, up to TLS 1.2. */
    List<Offer> offerGroups() {
        return tasks.map(Arrays.asList(CipherGroup.values()), group -> offer(group, ProtocolVersion.TLS_1_2));
    }

    /** Names what was accepted, after asking once more under the oldest version, which may have suites of its own. */
    List<GroupAnswer> narrow(List<Offer> offers, Map<ProtocolVersion, Observed<Boolean>> versions) {
        Optional<ProtocolVersion> old = versions.entrySet().stream()
                .filter(entry -> entry.getValue().isSeen() && entry.getValue().value())
                .map(Map.Entry::getKey)
                .filter(version -> version != ProtocolVersion.SSL_2)
                .sorted()
                .findFirst()
                .filter(version -> version.compareTo(ProtocolVersion.TLS_1_2) < 0);
        return tasks.map(offers, offer -> narrow(reoffered(offer, old)));
    }

    private Offer reoffered(Offer offer, Optional<ProtocolVersion> old) {
        if (offer.isTaken() || old.isEmpty() || offer.group() == CipherGroup.FORWARD_SECRET_AEAD) {
            return offer;
        }
        Offer again = offer(offer.group(), old.get());
        return again.isTaken() ? again : offer;
    }

    private GroupAnswer narrow(Offer offer) {
        if (!offer.isTaken() || offer.group() == CipherGroup.FORWARD_SECRET_AEAD) {
            return new GroupAnswer(
                    offer.group(), offer.taken().map(suite -> suite.stream().toList()), offer.isTaken());
        }
        CipherSuite taken = offer.taken().value().orElseThrow();
        List<CipherSuite> rest = CipherSuite.in(offer.group()).stream()
                .filter(suite -> !suite.equals(taken))
                .toList();
        List<Observed<Optional<CipherSuite>>> answers = tasks.map(rest, suite -> take(List.of(suite), offer.version()));
        TreeSet<CipherSuite> accepted = new TreeSet<>(java.util.Comparator.comparingInt(CipherSuite::code));
        accepted.add(taken);
        answers.stream()
                .filter(Observed::isSeen)
                .forEach(answer -> answer.value().ifPresent(accepted::add));
        boolean perhapsMore = answers.stream().anyMatch(answer -> !answer.isSeen());
        return new GroupAnswer(offer.group(), Observed.seen(List.copyOf(accepted)), perhapsMore);
    }

    private Offer offer(CipherGroup group, ProtocolVersion version) {
        return new Offer(group, version, take(CipherSuite.in(group), version));
    }

    /** The suite that the server takes of these; a suite that was not offered says nothing of the group. */
    private Observed<Optional<CipherSuite>> take(List<CipherSuite> suites, ProtocolVersion version) {
        return client.send(hellos.offer(version, suites))
                .flight()
                .map(flight -> flight.map(ServerFlight::hello)
                        .map(hello -> hello.suite())
                        .filter(suites::contains));
    }
}
