package dev.websentry.engine.syntax.dns;

/** Returns DNS answers known so far. A lookup sends no query; an unknown answer is {@link DnsAnswer#NOT_ASKED}. */
@FunctionalInterface
public interface DnsLookup {
    /** Returns the answer to a question, or {@link DnsAnswer#NOT_ASKED}. */
    DnsAnswer answer(DnsQuestion question);

    /**
     * Returns the answer to a question, or {@link DnsAnswer#NOT_ASKED}.
     *
     * @param name a domain name without the trailing dot
     * @param type the type of records
     */
    default DnsAnswer ask(String name, DnsRecordType type) {
        return answer(new DnsQuestion(name, type));
    }
}
