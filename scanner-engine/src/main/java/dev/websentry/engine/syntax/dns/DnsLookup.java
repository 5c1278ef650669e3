package dev.websentry.engine.syntax.dns;

/** What is known of the DNS. Pure: asking sends nothing; what nobody asked yet is {@link DnsAnswer#NOT_ASKED}. */
@FunctionalInterface
public interface DnsLookup {
    DnsAnswer answer(DnsQuestion question);

    default DnsAnswer ask(String name, RecordType type) {
        return answer(new DnsQuestion(name, type));
    }
}
