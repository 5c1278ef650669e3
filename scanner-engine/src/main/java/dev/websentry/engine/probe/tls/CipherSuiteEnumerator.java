package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.syntax.tls.CipherStrength;
import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Enumerates the cipher suites that a server accepts of a group, with few connections and in few rounds. Common suites
 * are offered individually. Rare suites are offered in batches; the suites of a batch are offered individually only if
 * the server accepted one of them.
 */
final class CipherSuiteEnumerator {
    /** The number of batches of rare suites for each group. */
    private static final int RARE_BATCHES = 4;

    private final TaskScope tasks;
    private final HandshakeClient client;
    private final CipherSuiteNegotiator taker;

    /** Creates an enumerator for one address. */
    CipherSuiteEnumerator(TaskScope tasks, HandshakeClient client, CipherSuiteNegotiator taker) {
        this.tasks = tasks;
        this.client = client;
        this.taker = taker;
    }

    /** Offers cipher suites to a server. */
    interface CipherSuiteNegotiator {
        /**
         * Offers cipher suites under a version.
         *
         * @param suites the suites to offer
         * @param version the version to offer
         * @return the suite that the server selected; empty if it refused; unknown if it did not reply
         */
        Observation<Optional<CipherSuite>> negotiate(List<CipherSuite> suites, ProtocolVersion version);
    }

    /** The suites of a group that a server accepts, and whether it may accept more. Filled during the enumeration. */
    static final class AcceptedSuites {
        private final Set<CipherSuite> suites = new TreeSet<>(Comparator.comparingInt(CipherSuite::code));
        private boolean mayBeIncomplete;

        /** Returns the accepted suites, ordered by code. */
        Set<CipherSuite> suites() {
            return suites;
        }

        /** Returns whether the server may accept more suites, because not all could be offered. */
        boolean mayBeIncomplete() {
            return mayBeIncomplete;
        }
    }

    /** Suites that are offered together. */
    private record SuiteBatch(CipherSuiteProbe.GroupOffer offer, List<CipherSuite> suites) {}

    /**
     * Enumerates the accepted suites.
     *
     * @param offers accepted offers of different groups
     * @return the accepted suites of each group
     */
    Map<CipherStrength, AcceptedSuites> enumerate(List<CipherSuiteProbe.GroupOffer> offers) {
        Map<CipherStrength, AcceptedSuites> found = new EnumMap<>(CipherStrength.class);
        for (CipherSuiteProbe.GroupOffer offer : offers) {
            AcceptedSuites groupSuites = new AcceptedSuites();
            groupSuites.suites.add(offer.selected().value().orElseThrow());
            found.put(offer.group(), groupSuites);
        }
        ask(singles(ask(batches(offers), found)), found);
        return found;
    }

    /**
     * Splits the groups into batches, the most common suites first, so that these are known if the connections run out.
     */
    private static List<SuiteBatch> batches(List<CipherSuiteProbe.GroupOffer> offers) {
        List<SuiteBatch> batches = new ArrayList<>();
        List<SuiteBatch> rare = new ArrayList<>();
        for (CipherSuite suite : CipherSuite.UP_TO_TLS_1_2) {
            for (CipherSuiteProbe.GroupOffer offer : offers) {
                if (suite.isCommon() && suite.strength() == offer.group() && !isTaken(offer, suite)) {
                    batches.add(new SuiteBatch(offer, List.of(suite)));
                }
            }
        }
        for (CipherSuiteProbe.GroupOffer offer : offers) {
            List<CipherSuite> others = CipherSuite.ofStrength(offer.group()).stream()
                    .filter(suite -> !suite.isCommon() && !isTaken(offer, suite))
                    .toList();
            int each = (others.size() + RARE_BATCHES - 1) / RARE_BATCHES;
            for (int from = 0; from < others.size(); from += each) {
                rare.add(new SuiteBatch(offer, others.subList(from, Math.min(from + each, others.size()))));
            }
        }
        batches.addAll(rare);
        return batches;
    }

    private static boolean isTaken(CipherSuiteProbe.GroupOffer offer, CipherSuite suite) {
        return offer.selected().value().equals(Optional.of(suite));
    }

    /**
     * Offers batches to the server.
     *
     * @return the remaining suites of the batches of which the server accepted one
     */
    private List<SuiteBatch> ask(List<SuiteBatch> batches, Map<CipherStrength, AcceptedSuites> found) {
        List<SuiteBatch> asked = batches.subList(0, Math.min(batches.size(), client.remainingConnections()));
        List<Observation<Optional<CipherSuite>>> answers = tasks.mapConcurrently(
                asked, batch -> taker.negotiate(batch.suites(), batch.offer().version()));
        List<SuiteBatch> left = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            SuiteBatch batch = batches.get(i);
            AcceptedSuites of = found.getOrDefault(batch.offer().group(), new AcceptedSuites());
            if (i >= asked.size() || !answers.get(i).isSeen()) {
                of.mayBeIncomplete = true;
            } else if (answers.get(i).value().isPresent()) {
                CipherSuite selected = answers.get(i).value().get();
                of.suites.add(selected);
                left.add(new SuiteBatch(
                        batch.offer(),
                        batch.suites().stream()
                                .filter(suite -> !suite.equals(selected))
                                .toList()));
            }
        }
        return left;
    }

    private static List<SuiteBatch> singles(List<SuiteBatch> batches) {
        return batches.stream()
                .flatMap(batch -> batch.suites().stream().map(suite -> new SuiteBatch(batch.offer(), List.of(suite))))
                .toList();
    }
}
