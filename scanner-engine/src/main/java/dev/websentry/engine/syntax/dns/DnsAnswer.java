package dev.websentry.engine.syntax.dns;

import java.util.List;

/**
 * What came of one question.
 *
 * @param data the records' data, CNAMEs already followed; empty unless the status is RECORDS. TXT: the strings joined,
 *     one character a byte. CAA: flags, tag and the bare value. The rest: presentation form, names in lower case without
 *     the trailing dot
 */
public record DnsAnswer(Status status, List<String> data) {
    /** How a question ended. */
    public enum Status {
        RECORDS("records"),
        /** The name exists, records of that type do not. */
        NO_DATA("no such record"),
        /** Neither the name nor anything below it exists (RFC 8020). */
        NXDOMAIN("no such name"),
        SERVFAIL("the resolver failed (SERVFAIL)"),
        REFUSED("the resolver refused"),
        TIMEOUT("no answer in time"),
        UNREACHABLE("no resolver could be reached"),
        /** A referral or half a CNAME chain instead of an answer. */
        LAME("the resolver only referred elsewhere"),
        MALFORMED("the answer could not be read"),
        /** Nobody asked: not yet, or the bound on questions was reached. */
        NOT_ASKED("not asked: too many questions for one scan");

        private final String phrase;

        Status(String phrase) {
            this.phrase = phrase;
        }

        public String phrase() {
            return phrase;
        }
    }

    public static final DnsAnswer NO_DATA = new DnsAnswer(Status.NO_DATA, List.of());
    public static final DnsAnswer NXDOMAIN = new DnsAnswer(Status.NXDOMAIN, List.of());
    public static final DnsAnswer NOT_ASKED = new DnsAnswer(Status.NOT_ASKED, List.of());

    public DnsAnswer {
        data = List.copyOf(data);
        if ((status == Status.RECORDS) == data.isEmpty()) {
            throw new IllegalArgumentException(status + " with " + data.size() + " records");
        }
    }

    public static DnsAnswer records(String... data) {
        return new DnsAnswer(Status.RECORDS, List.of(data));
    }

    public static DnsAnswer failed(Status status) {
        return new DnsAnswer(status, List.of());
    }

    /** Whether it says for sure what is there, be it nothing. Otherwise nothing may be concluded from the empty data. */
    public boolean isKnown() {
        return status == Status.RECORDS || status == Status.NO_DATA || status == Status.NXDOMAIN;
    }

    /** Whether there is surely no such record. */
    public boolean isAbsent() {
        return status == Status.NO_DATA || status == Status.NXDOMAIN;
    }
}
