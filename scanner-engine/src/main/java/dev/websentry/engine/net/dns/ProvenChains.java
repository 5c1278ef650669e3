package dev.websentry.engine.net.dns;

import dev.websentry.engine.net.dns.ChainOfTrust.Link;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which chains of trust scans have proven, for the scans of one scanner. What is remembered are fingerprints of answers,
 * never keys: a scan uses only what it received itself, so no key outlives its time and no scan relies on another's
 * resolvers. Holds the last 1,000 that were used. Thread-safe.
 */
public final class ProvenChains {
    private static final int MOST = 1000;

    private final Map<String, Boolean> proofs = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    });

    /** The last link of a chain that was proven before by the very same answers, if any was. */
    Optional<Link> deepest(List<Link> chain) {
        Optional<Link> deepest = Optional.empty();
        for (Link link : chain) {
            if (proofs.get(link.proof()) != null) {
                deepest = Optional.of(link);
            }
        }
        return deepest;
    }

    /** Remembers a chain that has just been validated, down to its last link. */
    void add(List<Link> chain) {
        chain.forEach(link -> proofs.put(link.proof(), true));
    }
}
