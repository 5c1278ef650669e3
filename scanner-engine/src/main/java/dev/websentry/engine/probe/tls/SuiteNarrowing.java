package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.syntax.tls.CipherGroup;
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
final class SuiteNarrowing {
    /** The number of batches of rare suites for each group. */
    private static final int RARE_BATCHES = 4;

    private final Tasks tasks;
    private final HelloClient client;
    private final Taker taker;

    /** Creates an enumerator for one address. */
    SuiteNarrowing(Tasks tasks, HelloClient client, Taker taker) {
        this.tasks = tasks;
        this.client = client;
        this.taker = taker;
    }

    /** Offers cipher suites to a server. */
    interface Taker {
        /**
         * Offers cipher suites under a version.
         *
         * @param suites the suites to offer
         * @param version the version to offer
         * @return the suite that the server selected; empty if it refused; unknown if it did not reply
         */
        Observed<Optional<CipherSuite>> take(List<CipherSuite> suites, ProtocolVersion version);
    }

    /** The suites of a group that a server accepts, and whether it may accept more. Filled during the enumeration. */
    static final class Found {
        private final Set<CipherSuite> accepted = new TreeSet<>(Comparator.comparingInt(CipherSuite::code));
        private boolean perhapsMore;

        /** Returns the accepted suites, ordered by code. */
        Set<CipherSuite> accepted() {
            return accepted;
        }

        /** Returns whether the server may accept more suites, because not all could be offered. */
        boolean perhapsMore() {
            return perhapsMore;
        }
    }

    /** Suites that are offered together. */
    private record SuiteBatch(SuiteProbe.Offer offer, List<CipherSuite> suites) {}

    /**
     * Enumerates the accepted suites.
     *
     * @param offers accepted offers of different groups
     * @return the accepted suites of each group
     */
    Map<CipherGroup, Found> name(List<SuiteProbe.Offer> offers) {
        Map<CipherGroup, Found> found = new EnumMap<>(CipherGroup.class);
        for (SuiteProbe.Offer offer : offers) {
            Found groupSuites = new Found();
            groupSuites.accepted.add(offer.taken().value().orElseThrow());
            found.put(offer.group(), groupSuites);
        }
        ask(singles(ask(batches(offers), found)), found);
        return found;
    }

    /**
     * Splits the groups into batches, the most common suites first, so that these are known if the connections run out.
     */
    private static List<SuiteBatch> batches(List<SuiteProbe.Offer> offers) {
        List<SuiteBatch> batches = new ArrayList<>();
        List<SuiteBatch> rare = new ArrayList<>();
        for (CipherSuite suite : CipherSuite.UP_TO_1_2) {
            for (SuiteProbe.Offer offer : offers) {
                if (suite.isCommon() && suite.group() == offer.group() && !isTaken(offer, suite)) {
                    batches.add(new SuiteBatch(offer, List.of(suite)));
                }
            }
        }
        for (SuiteProbe.Offer offer : offers) {
            List<CipherSuite> others = CipherSuite.in(offer.group()).stream()
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

    private static boolean isTaken(SuiteProbe.Offer offer, CipherSuite suite) {
        return offer.taken().value().equals(Optional.of(suite));
    }

    /**
     * Offers batches to the server.
     *
     * @return the remaining suites of the batches of which the server accepted one
     */
    private List<SuiteBatch> ask(List<SuiteBatch> batches, Map<CipherGroup, Found> found) {
        List<SuiteBatch> asked = batches.subList(0, Math.min(batches.size(), client.connectionsLeft()));
        List<Observed<Optional<CipherSuite>>> answers = tasks.map(
                asked, batch -> taker.take(batch.suites(), batch.offer().version()));
        List<SuiteBatch> left = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            SuiteBatch batch = batches.get(i);
            Found of = found.getOrDefault(batch.offer().group(), new Found());
            if (i >= asked.size() || !answers.get(i).isSeen()) {
                of.perhapsMore = true;
            } else if (answers.get(i).value().isPresent()) {
                CipherSuite selected = answers.get(i).value().get();
                of.accepted.add(selected);
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
