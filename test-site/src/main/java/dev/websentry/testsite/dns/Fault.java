package dev.websentry.testsite.dns;

/** Ways in which a DNS server fails to answer. */
public enum Fault {
    SERVFAIL,
    REFUSED,
    /** Never answers. */
    SILENT,
    /** Points elsewhere instead of answering. */
    LAME,
    /** Bytes that are no message. */
    GARBAGE,
    /** Sends an answer to another question first, then one with another id, then the true one. */
    SPOOFED_FIRST,
    /** Says over UDP that the answer is too long, and answers over TCP. */
    TRUNCATED,
    /** Does not know EDNS. */
    NO_EDNS,
    /** Fails unless checking is disabled: a validating resolver that holds the zone for bogus. */
    BOGUS
}
