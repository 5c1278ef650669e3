package dev.websentry.engine.syntax.caa;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import dev.websentry.engine.syntax.dns.DomainNames;
import dev.websentry.engine.syntax.dns.TrackingDnsLookup;
import java.util.List;
import java.util.Optional;

/**
 * The CAA records that apply to a host: the relevant record set of RFC 8659 section 3. It is the one of the host itself
 * or, if it has none, of the nearest parent domain that has CAA records.
 *
 * @param domain the domain name that publishes the records; empty if absent
 * @param records the records; empty if absent or unknown
 * @param unknownReason the reason why the record set cannot be determined; empty if it was determined
 */
public record RelevantCaaRecords(Optional<String> domain, List<CaaRecord> records, Optional<String> unknownReason) {
    public RelevantCaaRecords {
        records = List.copyOf(records);
    }

    /**
     * Finds the record set that applies to a host.
     *
     * @param host in lower case, without the trailing dot
     * @param dns the answers known so far
     * @return the record set, or the reason why it is unknown
     */
    public static RelevantCaaRecords find(String host, DnsLookup dns) {
        List<DnsQuestion> questions = DomainNames.selfAndParents(host).stream()
                .map(name -> new DnsQuestion(name, DnsRecordType.CAA))
                .toList();
        // All names are queried at once: queries one after the other would cost a round trip for each label.
        questions.forEach(dns::answer);
        for (DnsQuestion question : questions) {
            DnsAnswer answer = dns.answer(question);
            if (!answer.isDefinite()) {
                return new RelevantCaaRecords(
                        Optional.empty(), List.of(), Optional.of(TrackingDnsLookup.describe(question, answer)));
            }
            if (!answer.isAbsent()) {
                List<CaaRecord> records =
                        answer.data().stream().map(CaaRecord::parse).toList();
                return new RelevantCaaRecords(Optional.of(question.name()), records, Optional.empty());
            }
        }
        return new RelevantCaaRecords(Optional.empty(), List.of(), Optional.empty());
    }
}
