package dev.websentry.engine.syntax.dns;

import java.util.List;

/**
 * The result of one DNS question.
 *
 * @param status how the query ended
 * @param data the data of the records, with CNAMEs already followed; empty unless the status is RECORDS. For TXT: the
 *     strings joined, one character per byte. For CAA: flags, tag and the unquoted value. For other types: presentation
 *     format, with names in lower case and without the trailing dot.
 */
public record DnsAnswer(DnsAnswerStatus status, List<String> data) {
    /** How a query ended. */
    public enum DnsAnswerStatus {
        /** The name has records of that type. */
        RECORDS("records"),
        /** The name exists, but has no records of that type. */
        NO_DATA("no such record"),
        /** Neither the name nor anything below it exists (RFC 8020). */
        NXDOMAIN("no such name"),
        SERVFAIL("the resolver failed (SERVFAIL)"),
        REFUSED("the resolver refused the query (REFUSED)"),
        TIMEOUT("no answer in time"),
        UNREACHABLE("no resolver could be reached"),
        /** The server returned a referral or an incomplete CNAME chain instead of an answer. */
        LAME("the resolver returned a referral instead of an answer"),
        MALFORMED("the response could not be parsed"),
        /** No query was sent: not yet, or because a limit was reached. */
        NOT_ASKED("no query sent (query limit or time limit of the scan reached)");

        private final String description;

        DnsAnswerStatus(String phrase) {
            this.description = phrase;
        }

        /** Returns the status in words, for use in messages such as {@code phrase() + " for TXT example.com"}. */
        public String description() {
            return description;
        }
    }

    /** The name exists, but has no records of the type. */
    public static final DnsAnswer NO_DATA = new DnsAnswer(DnsAnswerStatus.NO_DATA, List.of());

    /** The name does not exist. */
    public static final DnsAnswer NXDOMAIN = new DnsAnswer(DnsAnswerStatus.NXDOMAIN, List.of());

    /** No query was sent. */
    public static final DnsAnswer NOT_ASKED = new DnsAnswer(DnsAnswerStatus.NOT_ASKED, List.of());

    public DnsAnswer {
        data = List.copyOf(data);
        if ((status == DnsAnswerStatus.RECORDS) == data.isEmpty()) {
            throw new IllegalArgumentException(status + " with " + data.size() + " records");
        }
    }

    /** Returns an answer with these records. */
    public static DnsAnswer records(String... data) {
        return new DnsAnswer(DnsAnswerStatus.RECORDS, List.of(data));
    }

    /** Returns an answer without records. */
    public static DnsAnswer failed(DnsAnswerStatus status) {
        return new DnsAnswer(status, List.of());
    }

    /**
     * Returns whether the answer is definite: the records exist, or they definitely do not exist. If this is false, the
     * empty data must not be taken as absence.
     */
    public boolean isDefinite() {
        return status == DnsAnswerStatus.RECORDS
                || status == DnsAnswerStatus.NO_DATA
                || status == DnsAnswerStatus.NXDOMAIN;
    }

    /** Returns whether the records definitely do not exist. */
    public boolean isAbsent() {
        return status == DnsAnswerStatus.NO_DATA || status == DnsAnswerStatus.NXDOMAIN;
    }
}
