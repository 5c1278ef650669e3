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
 * Names the suites of groups that a server takes something of, in few connections and fewer rounds: the common suites each
 * by itself, the rare ones a handful at a time, and the members of a handful each only where something of it was taken.
 */
final class SuiteNarrowing {
    /** Handfuls of rare suites a group. */
    private static final int HANDFULS = 4;

    private final Tasks tasks;
    private final HelloClient client;
    private final Taker taker;

    SuiteNarrowing(Tasks tasks, HelloClient client, Taker taker) {
        this.tasks = tasks;
        this.client = client;
        this.taker = taker;
    }

    /** Offers some suites under a version; answers which of them the server takes. */
    interface Taker {
        Observed<Optional<CipherSuite>> take(List<CipherSuite> suites, ProtocolVersion version);
    }

    /** What a server accepts of a group, and whether it may accept more of it. Filled while it is found out. */
    static final class Found {
        private final Set<CipherSuite> accepted = new TreeSet<>(Comparator.comparingInt(CipherSuite::code));
        private boolean perhapsMore;

        Set<CipherSuite> accepted() {
            return accepted;
        }

        boolean perhapsMore() {
            return perhapsMore;
        }
    }

    /** Suites to offer together. */
    private record Part(SuiteProbe.Offer offer, List<CipherSuite> suites) {}

    /** @param offers that were taken, of different groups */
    Map<CipherGroup, Found> name(List<SuiteProbe.Offer> offers) {
        Map<CipherGroup, Found> found = new EnumMap<>(CipherGroup.class);
        for (SuiteProbe.Offer offer : offers) {
            Found begun = new Found();
            begun.accepted.add(offer.taken().value().orElseThrow());
            found.put(offer.group(), begun);
        }
        ask(singles(ask(parts(offers), found)), found);
        return found;
    }

    /** Of every group, those that servers have most often first, so that these are known when the connections run out. */
    private static List<Part> parts(List<SuiteProbe.Offer> offers) {
        List<Part> parts = new ArrayList<>();
        List<Part> rare = new ArrayList<>();
        for (CipherSuite suite : CipherSuite.UP_TO_1_2) {
            for (SuiteProbe.Offer offer : offers) {
                if (suite.isCommon() && suite.group() == offer.group() && !isTaken(offer, suite)) {
                    parts.add(new Part(offer, List.of(suite)));
                }
            }
        }
        for (SuiteProbe.Offer offer : offers) {
            List<CipherSuite> others = CipherSuite.in(offer.group()).stream()
                    .filter(suite -> !suite.isCommon() && !isTaken(offer, suite))
                    .toList();
            int each = (others.size() + HANDFULS - 1) / HANDFULS;
            for (int from = 0; from < others.size(); from += each) {
                rare.add(new Part(offer, others.subList(from, Math.min(from + each, others.size()))));
            }
        }
        parts.addAll(rare);
        return parts;
    }

    private static boolean isTaken(SuiteProbe.Offer offer, CipherSuite suite) {
        return offer.taken().value().equals(Optional.of(suite));
    }

    /** @return what is left of the parts of which something was taken */
    private List<Part> ask(List<Part> parts, Map<CipherGroup, Found> found) {
        List<Part> asked = parts.subList(0, Math.min(parts.size(), client.connectionsLeft()));
        List<Observed<Optional<CipherSuite>>> answers =
                tasks.map(asked, part -> taker.take(part.suites(), part.offer().version()));
        List<Part> left = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Found of = found.getOrDefault(part.offer().group(), new Found());
            if (i >= asked.size() || !answers.get(i).isSeen()) {
                of.perhapsMore = true;
            } else if (answers.get(i).value().isPresent()) {
                CipherSuite taken = answers.get(i).value().get();
                of.accepted.add(taken);
                left.add(new Part(
                        part.offer(),
                        part.suites().stream()
                                .filter(suite -> !suite.equals(taken))
                                .toList()));
            }
        }
        return left;
    }

    private static List<Part> singles(List<Part> parts) {
        return parts.stream()
                .flatMap(part -> part.suites().stream().map(suite -> new Part(part.offer(), List.of(suite))))
                .toList();
    }
}
