package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.TlsEndpoint.CipherGroupResult;
import dev.websentry.engine.syntax.tls.CipherStrength;
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
final class CipherSuiteProbe {
    private final HandshakeClient client;
    private final ClientHelloTemplates hellos;
    private final TaskScope tasks;

    /** Creates a probe for one address. */
    CipherSuiteProbe(HandshakeClient client, ClientHelloTemplates hellos, TaskScope tasks) {
        this.client = client;
        this.hellos = hellos;
        this.tasks = tasks;
    }

    /**
     * A group of suites that was offered under a version.
     *
     * @param group the group
     * @param version the version
     * @param selected the suite that the server selected; empty if it refused; unknown if it did not reply
     */
    record GroupOffer(CipherStrength group, ProtocolVersion version, Observation<Optional<CipherSuite>> selected) {
        /** Returns whether the server selected a suite. */
        boolean isAccepted() {
            return selected.isSeen() && selected.value().isPresent();
        }
    }

    /** Offers every group once, with TLS 1.2 as the highest version. */
    List<GroupOffer> offerGroups() {
        return tasks.mapConcurrently(
                Arrays.asList(CipherStrength.values()), group -> offer(group, ProtocolVersion.TLS_1_2));
    }

    /**
     * Enumerates the accepted suites of the weak groups.
     *
     * @param offers the offers of all groups
     * @param versions supplies the accepted versions; called only after the suites of TLS 1.2 are enumerated, because
     *     older versions may have their own suites
     * @return the accepted suites of each group
     */
    List<CipherGroupResult> enumerateWeakSuites(
            List<GroupOffer> offers, Supplier<Map<ProtocolVersion, Observation<Boolean>>> versions) {
        CipherSuiteEnumerator narrowing = new CipherSuiteEnumerator(tasks, client, this::take);
        Map<CipherStrength, CipherSuiteEnumerator.AcceptedSuites> found = new EnumMap<>(CipherStrength.class);
        found.putAll(narrowing.enumerate(weak(offers)));
        List<ProtocolVersion> old = old(versions.get());
        List<GroupOffer> all = tasks.mapConcurrently(offers, offer -> reoffered(offer, old));
        found.putAll(narrowing.enumerate(weak(all).stream()
                .filter(offer -> !found.containsKey(offer.group()))
                .toList()));
        return tasks.mapConcurrently(all, offer -> answer(offer, found.get(offer.group()), old));
    }

    private static List<ProtocolVersion> old(Map<ProtocolVersion, Observation<Boolean>> versions) {
        return versions.entrySet().stream()
                .filter(entry -> entry.getValue().isSeen() && entry.getValue().value())
                .map(Map.Entry::getKey)
                .filter(version -> version != ProtocolVersion.SSL_2)
                .filter(version -> version.compareTo(ProtocolVersion.TLS_1_2) < 0)
                .sorted()
                .toList();
    }

    private static List<GroupOffer> weak(List<GroupOffer> offers) {
        return offers.stream().filter(CipherSuiteProbe::isNarrowed).toList();
    }

    private static boolean isNarrowed(GroupOffer offer) {
        return offer.isAccepted() && offer.group() != CipherStrength.FORWARD_SECRET_AEAD;
    }

    private GroupOffer reoffered(GroupOffer offer, List<ProtocolVersion> old) {
        if (offer.isAccepted() || old.isEmpty() || offer.group() == CipherStrength.FORWARD_SECRET_AEAD) {
            return offer;
        }
        List<GroupOffer> again = tasks.mapConcurrently(old, version -> offer(offer.group(), version));
        return again.stream()
                .filter(GroupOffer::isAccepted)
                .findFirst()
                // A version without a reply may accept suites of the group; then the group is unknown.
                .or(() -> again.stream()
                        .filter(other -> !other.selected().isSeen())
                        .findFirst())
                .orElse(offer);
    }

    private CipherGroupResult answer(
            GroupOffer offer, CipherSuiteEnumerator.@Nullable AcceptedSuites found, List<ProtocolVersion> old) {
        return found == null
                ? new CipherGroupResult(
                        offer.group(),
                        offer.selected().map(suite -> suite.stream().toList()),
                        offer.isAccepted())
                : withRest(offer, found, old);
    }

    /** Offers the remaining suites of an accepted group under each older version until the server accepts no more. */
    private CipherGroupResult withRest(
            GroupOffer offer, CipherSuiteEnumerator.AcceptedSuites found, List<ProtocolVersion> old) {
        Set<CipherSuite> accepted = found.suites();
        boolean perhapsMore = found.mayBeIncomplete();
        for (ProtocolVersion version : old) {
            boolean asking = version != offer.version();
            while (asking) {
                List<CipherSuite> rest = CipherSuite.ofStrength(offer.group()).stream()
                        .filter(suite -> !accepted.contains(suite))
                        .toList();
                Observation<Optional<CipherSuite>> taken =
                        rest.isEmpty() ? Observation.seen(Optional.empty()) : take(rest, version);
                perhapsMore |= !taken.isSeen();
                asking = taken.isSeen() && taken.value().map(accepted::add).orElse(false);
            }
        }
        return new CipherGroupResult(offer.group(), Observation.seen(List.copyOf(accepted)), perhapsMore);
    }

    private GroupOffer offer(CipherStrength group, ProtocolVersion version) {
        return new GroupOffer(group, version, take(CipherSuite.ofStrength(group), version));
    }

    /** Returns the suite that the server selects; a suite that was not offered is ignored. */
    private Observation<Optional<CipherSuite>> take(List<CipherSuite> suites, ProtocolVersion version) {
        return client.send(hellos.forSuites(version, suites))
                .serverFlight()
                .map(flight -> flight.map(ServerFlight::hello)
                        .map(hello -> hello.suite())
                        .filter(suites::contains));
    }
}
