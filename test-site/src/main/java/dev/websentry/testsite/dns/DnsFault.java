package dev.websentry.testsite.dns;

/** Faults that a DNS server can simulate. */
public enum DnsFault {
    /** Responds with SERVFAIL. */
    SERVFAIL,
    /** Responds with REFUSED. */
    REFUSED,
    /** Never responds. */
    SILENT,
    /** Responds with a referral instead of an answer. */
    LAME,
    /** Responds with bytes that are not a DNS message. */
    GARBAGE,
    /** Sends a response to a different question, then one with a different ID, then the correct one. */
    SPOOFED_FIRST,
    /** Truncates every response over UDP, so that the client must use TCP. */
    TRUNCATED,
    /** Does not support EDNS. */
    NO_EDNS,
    /** Responds with SERVFAIL unless the CD flag is set, as a validating resolver does for a bogus zone. */
    BOGUS
}
