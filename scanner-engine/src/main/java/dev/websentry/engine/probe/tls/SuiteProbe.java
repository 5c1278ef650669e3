package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.TlsEndpoint.GroupAnswer;
import dev.websentry.engine.syntax.tls.CipherGroup;
import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.engine.syntax.tls.ServerFlight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

    /** Names what was accepted, after asking once more under the older versions, which may have suites of their own. */
    List<GroupAnswer> narrow(List<Offer> offers, Map<ProtocolVersion, Observed<Boolean>> versions) {
        List<ProtocolVersion> old = versions.entrySet().stream()
                .filter(entry -> entry.getValue().isSeen() && entry.getValue().value())
                .map(Map.Entry::getKey)
                .filter(version -> version != ProtocolVersion.SSL_2)
                .filter(version -> version.compareTo(ProtocolVersion.TLS_1_2) < 0)
                .sorted()
                .toList();
        List<Offer> all = tasks.map(offers, offer -> reoffered(offer, old));
        List<Single> singles = singles(all);
        List<Single> asked = singles.subList(0, Math.min(singles.size(), client.connectionsLeft()));
        List<Observed<Optional<CipherSuite>>> answers = asked.isEmpty()
                ? List.of()
                : tasks.map(
                        asked,
                        single -> take(List.of(single.suite()), single.offer().version()));
        return tasks.map(all, offer -> withRest(offer, answer(offer, singles, asked, answers), old));
    }

    /** One suite that is asked for by itself. */
    private record Single(Offer offer, CipherSuite suite) {}

    /** Every suite of the weak groups that answered, those that servers have most often first. */
    private static List<Single> singles(List<Offer> offers) {
        List<Single> singles = new ArrayList<>();
        for (CipherSuite suite : CipherSuite.UP_TO_1_2) {
            for (Offer offer : offers) {
                if (isNarrowed(offer)
                        && offer.group() == suite.group()
                        && !offer.taken().value().equals(Optional.of(suite))) {
                    singles.add(new Single(offer, suite));
                }
            }
        }
        return singles;
    }

    private static boolean isNarrowed(Offer offer) {
        return offer.isTaken() && offer.group() != CipherGroup.FORWARD_SECRET_AEAD;
    }

    private static GroupAnswer answer(
            Offer offer, List<Single> all, List<Single> asked, List<Observed<Optional<CipherSuite>>> answers) {
        if (!isNarrowed(offer)) {
            return new GroupAnswer(
                    offer.group(), offer.taken().map(suite -> suite.stream().toList()), offer.isTaken());
        }
        TreeSet<CipherSuite> accepted = new TreeSet<>(Comparator.comparingInt(CipherSuite::code));
        accepted.add(offer.taken().value().orElseThrow());
        long known = 0;
        for (int i = 0; i < asked.size(); i++) {
            if (asked.get(i).offer().equals(offer) && answers.get(i).isSeen()) {
                known++;
                answers.get(i).value().ifPresent(accepted::add);
            }
        }
        long wanted =
                all.stream().filter(single -> single.offer().equals(offer)).count();
        return new GroupAnswer(offer.group(), Observed.seen(List.copyOf(accepted)), known < wanted);
    }

    private Offer reoffered(Offer offer, List<ProtocolVersion> old) {
        if (offer.isTaken() || old.isEmpty() || offer.group() == CipherGroup.FORWARD_SECRET_AEAD) {
            return offer;
        }
        List<Offer> again = tasks.map(old, version -> offer(offer.group(), version));
        return again.stream()
                .filter(Offer::isTaken)
                .findFirst()
                // A version that did not answer may have the suites: then nothing is known of the group.
                .or(() ->
                        again.stream().filter(other -> !other.taken().isSeen()).findFirst())
                .orElse(offer);
    }

    /** Offers what is left of an accepted group under each other old version, until the server takes nothing of it. */
    private GroupAnswer withRest(Offer offer, GroupAnswer answer, List<ProtocolVersion> old) {
        if (!isNarrowed(offer)) {
            return answer;
        }
        TreeSet<CipherSuite> accepted = new TreeSet<>(Comparator.comparingInt(CipherSuite::code));
        accepted.addAll(answer.accepted().value());
        boolean perhapsMore = answer.perhapsMore();
        for (ProtocolVersion version : old) {
            boolean asking = version != offer.version();
            while (asking) {
                List<CipherSuite> rest = CipherSuite.in(offer.group()).stream()
                        .filter(suite -> !accepted.contains(suite))
                        .toList();
                Observed<Optional<CipherSuite>> taken =
                        rest.isEmpty() ? Observed.seen(Optional.empty()) : take(rest, version);
                perhapsMore |= !taken.isSeen();
                asking = taken.isSeen() && taken.value().map(accepted::add).orElse(false);
            }
        }
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
