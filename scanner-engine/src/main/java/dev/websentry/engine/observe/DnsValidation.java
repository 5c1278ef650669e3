package dev.websentry.engine.observe;

/**
 * What DNSSEC validation came to, RFC 4035 section 4.3.
 *
 * @param name the name whose address records were validated
 * @param reason why it is bogus, in the validator's words; empty otherwise
 */
public record DnsValidation(String name, Status status, String reason) {
    /** Indeterminate is no status: it is an unknown observation. */
    public enum Status {
        /** Signed, and the chain of trust from the root holds. */
        SECURE,
        /** Provably not signed. */
        INSECURE,
        /** Should be signed, but does not validate. */
        BOGUS
    }
}
