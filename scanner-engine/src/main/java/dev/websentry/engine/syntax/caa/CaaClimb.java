package dev.websentry.engine.syntax.caa;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DomainName;
import dev.websentry.engine.syntax.dns.RecordType;
import dev.websentry.engine.syntax.dns.Unknowns;
import java.util.List;
import java.util.Optional;

/**
 * The CAA records that apply to a host: the relevant record set of RFC 8659 section 3. It is the one of the host itself
 * or, if it has none, of the nearest parent domain that has CAA records.
 *
 * @param name the domain name that publishes the records; empty if absent
 * @param records the records; empty if absent or unknown
 * @param unknown the reason why the record set cannot be determined; empty if it was determined
 */
public record CaaClimb(Optional<String> name, List<CaaRecord> records, Optional<String> unknown) {
    public CaaClimb {
        records = List.copyOf(records);
    }

    /**
     * Finds the record set that applies to a host.
     *
     * @param host in lower case, without the trailing dot
     * @param dns the answers known so far
     * @return the record set, or the reason why it is unknown
     */
    public static CaaClimb climb(String host, DnsLookup dns) {
        List<DnsQuestion> questions = DomainName.upward(host).stream()
                .map(name -> new DnsQuestion(name, RecordType.CAA))
                .toList();
        // All names are queried at once: queries one after the other would cost a round trip for each label.
        questions.forEach(dns::answer);
        for (DnsQuestion question : questions) {
            DnsAnswer answer = dns.answer(question);
            if (!answer.isKnown()) {
                return new CaaClimb(Optional.empty(), List.of(), Optional.of(Unknowns.reason(question, answer)));
            }
            if (!answer.isAbsent()) {
                List<CaaRecord> records =
                        answer.data().stream().map(CaaRecord::parse).toList();
                return new CaaClimb(Optional.of(question.name()), records, Optional.empty());
            }
        }
        return new CaaClimb(Optional.empty(), List.of(), Optional.empty());
    }
}
