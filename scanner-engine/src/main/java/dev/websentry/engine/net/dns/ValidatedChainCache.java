package dev.websentry.engine.net.dns;

import dev.websentry.engine.net.dns.DnssecChain.DnssecChainLink;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An LRU cache of validated DNSSEC chains, shared by the scans of one scanner. It stores fingerprints of answers, never
 * keys: each scan uses only records that it has received itself. Therefore no key is used beyond its validity, and no
 * scan depends on the resolvers of another. Holds the 1,000 fingerprints that were used last. Thread-safe.
 */
public final class ValidatedChainCache {
    private static final int MAX_ENTRIES = 1000;

    private final Map<String, Boolean> fingerprints = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_ENTRIES;
        }
    });

    /** Returns the last link of a chain that was already validated with exactly the same answers, if any. */
    Optional<DnssecChainLink> deepestValidated(List<DnssecChainLink> chain) {
        Optional<DnssecChainLink> deepest = Optional.empty();
        for (DnssecChainLink link : chain) {
            if (fingerprints.get(link.fingerprint()) != null) {
                deepest = Optional.of(link);
            }
        }
        return deepest;
    }

    /** Adds all links of a chain that has just been validated. */
    void add(List<DnssecChainLink> chain) {
        chain.forEach(link -> fingerprints.put(link.fingerprint(), true));
    }
}
