package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.TlsEndpoint.GroupAnswer;
import dev.websentry.engine.syntax.tls.CipherGroup;
import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.engine.syntax.tls.ServerFlight;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Offers cipher suites group by group, then enumerates the accepted weak suites. */
final class SuiteProbe {
    private final HelloClient client;
    private final Hellos hellos;
    private final Tasks tasks;

    /** Creates a probe for one address. */
    SuiteProbe(HelloClient client, Hellos hellos, Tasks tasks) {
        this.client = client;
        this.hellos = hellos;
        this.tasks = tasks;
    }

    /**
     * A group of suites that was offered under a version.
     *
     * @param group the group
     * @param version the version
     * @param taken the suite that the server selected; empty if it refused; unknown if it did not reply
     */
    record Offer(CipherGroup group, ProtocolVersion version, Observed<Optional<CipherSuite>> taken) {
        /** Returns whether the server selected a suite. */
        boolean isTaken() {
            return taken.isSeen() && taken.value().isPresent();
        }
    }

    /** Offers every group once, with TLS 1.2 as the highest version. */
    List<Offer> offerGroups() {
        return tasks.map(Arrays.asList(CipherGroup.values()), group -> offer(group, ProtocolVersion.TLS_1_2));
    }

    /**
     * Enumerates the accepted suites of the weak groups.
     *
     * @param offers the offers of all groups
     * @param versions supplies the accepted versions; called only after the suites of TLS 1.2 are enumerated, because
     *     older versions may have their own suites
     * @return the accepted suites of each group
     */
    List<GroupAnswer> narrow(List<Offer> offers, Supplier<Map<ProtocolVersion, Observed<Boolean>>> versions) {
        SuiteNarrowing narrowing = new SuiteNarrowing(tasks, client, this::take);
        Map<CipherGroup, SuiteNarrowing.Found> found = new EnumMap<>(CipherGroup.class);
        found.putAll(narrowing.name(weak(offers)));
        List<ProtocolVersion> old = old(versions.get());
        List<Offer> all = tasks.map(offers, offer -> reoffered(offer, old));
        found.putAll(narrowing.name(weak(all).stream()
                .filter(offer -> !found.containsKey(offer.group()))
                .toList()));
        return tasks.map(all, offer -> answer(offer, found.get(offer.group()), old));
    }

    private static List<ProtocolVersion> old(Map<ProtocolVersion, Observed<Boolean>> versions) {
        return versions.entrySet().stream()
                .filter(entry -> entry.getValue().isSeen() && entry.getValue().value())
                .map(Map.Entry::getKey)
                .filter(version -> version != ProtocolVersion.SSL_2)
                .filter(version -> version.compareTo(ProtocolVersion.TLS_1_2) < 0)
                .sorted()
                .toList();
    }

    private static List<Offer> weak(List<Offer> offers) {
        return offers.stream().filter(SuiteProbe::isNarrowed).toList();
    }

    private static boolean isNarrowed(Offer offer) {
        return offer.isTaken() && offer.group() != CipherGroup.FORWARD_SECRET_AEAD;
    }

    private Offer reoffered(Offer offer, List<ProtocolVersion> old) {
        if (offer.isTaken() || old.isEmpty() || offer.group() == CipherGroup.FORWARD_SECRET_AEAD) {
            return offer;
        }
        List<Offer> again = tasks.map(old, version -> offer(offer.group(), version));
        return again.stream()
                .filter(Offer::isTaken)
                .findFirst()
                // A version without a reply may accept suites of the group; then the group is unknown.
                .or(() ->
                        again.stream().filter(other -> !other.taken().isSeen()).findFirst())
                .orElse(offer);
    }

    private GroupAnswer answer(Offer offer, SuiteNarrowing.@Nullable Found found, List<ProtocolVersion> old) {
        return found == null
                ? new GroupAnswer(
                        offer.group(), offer.taken().map(suite -> suite.stream().toList()), offer.isTaken())
                : withRest(offer, found, old);
    }

    /** Offers the remaining suites of an accepted group under each older version until the server accepts no more. */
    private GroupAnswer withRest(Offer offer, SuiteNarrowing.Found found, List<ProtocolVersion> old) {
        Set<CipherSuite> accepted = found.accepted();
        boolean perhapsMore = found.perhapsMore();
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

    /** Returns the suite that the server selects; a suite that was not offered is ignored. */
    private Observed<Optional<CipherSuite>> take(List<CipherSuite> suites, ProtocolVersion version) {
        return client.send(hellos.offer(version, suites))
                .flight()
                .map(flight -> flight.map(ServerFlight::hello)
                        .map(hello -> hello.suite())
                        .filter(suites::contains));
    }
}
