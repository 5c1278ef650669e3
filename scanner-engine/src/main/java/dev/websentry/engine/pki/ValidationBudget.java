package dev.websentry.engine.pki;

import dev.websentry.engine.pki.SignatureVerifier.SignatureStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/**
 * Bounds the work on hostile chains. Signature verifications, search steps and comparisons are counted instead of
 * timed, so that a verdict does not depend on the speed of the machine. One budget is used for all chains of a host.
 * Not thread-safe.
 */
public final class ValidationBudget {
    /** Chromium stops after 20 paths; each path needs a new signature or two. */
    static final int MAX_SIGNATURES_PER_CHAIN = 40;
    /** The maximum for all chains that the addresses of one host serve. */
    static final int MAX_SIGNATURES = 200;

    private static final int MAX_STEPS_PER_CHAIN = 1_000;
    private static final int MAX_PATHS_PER_CHAIN = 20;
    /** The maximum number of comparisons between names and name constraints, for each chain as in Go. */
    private static final long MAX_COMPARISONS_PER_CHAIN = 250_000;

    private static final long MAX_COMPARISONS = 1_000_000;

    private final Map<List<ByteString>, SignatureStatus> verified = new HashMap<>();
    private int signaturesOfChain;
    private int steps;
    private int paths;
    private long comparisons;
    private long comparisonsOfChain;

    /** Starts the work on another chain, which has limits of its own. */
    void beginChain() {
        signaturesOfChain = 0;
        steps = 0;
        paths = 0;
        comparisonsOfChain = 0;
    }

    /**
     * Verifies whether a certificate was signed with the key of an issuer. Repeated questions are free.
     *
     * @return the result; empty if the budget is exhausted
     */
    Optional<SignatureStatus> verify(ParsedCertificate certificate, ParsedCertificate issuer) {
        List<ByteString> pair = List.of(certificate.id(), issuer.id());
        SignatureStatus known = verified.get(pair);
        if (known != null) {
            return Optional.of(known);
        }
        if (verified.size() >= MAX_SIGNATURES || signaturesOfChain >= MAX_SIGNATURES_PER_CHAIN) {
            return Optional.empty();
        }
        signaturesOfChain++;
        SignatureStatus status = SignatureVerifier.verify(certificate, issuer);
        verified.put(pair, status);
        return Optional.of(status);
    }

    /** Returns whether the search may take another step, and counts it. */
    boolean takeStep() {
        return ++steps <= MAX_STEPS_PER_CHAIN;
    }

    /** Returns whether another path may be validated, and counts it. */
    boolean takePath() {
        return ++paths <= MAX_PATHS_PER_CHAIN;
    }

    /** Returns whether names may be compared with constraints, and counts the comparisons. */
    boolean takeComparisons(long number) {
        comparisons += number;
        comparisonsOfChain += number;
        return comparisons <= MAX_COMPARISONS && comparisonsOfChain <= MAX_COMPARISONS_PER_CHAIN;
    }

    /** Returns the number of signatures that were verified. */
    public int signatures() {
        return verified.size();
    }
}
