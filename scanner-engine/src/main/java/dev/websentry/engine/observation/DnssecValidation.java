package dev.websentry.engine.observation;

/**
 * The result of a DNSSEC validation (RFC 4035 section 4.3).
 *
 * @param name the name whose address records were validated
 * @param status the security status
 * @param reason why the validator considers the records bogus; empty for any other status
 */
public record DnssecValidation(String name, DnssecStatus status, String reason) {
    /**
     * The security status. "Indeterminate" is not in this list, because it is represented by an unknown observation.
     */
    public enum DnssecStatus {
        /** The records are signed, and the chain of trust from the root is valid. */
        SECURE,
        /** The zone is provably not signed. */
        INSECURE,
        /** The records should be signed, but do not validate. */
        BOGUS
    }
}
