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
 * The CAA records that hold for a host, RFC 8659 section 3: those of the nearest name upward that has any.
 *
 * @param name where they stand; empty when there are none
 * @param unknown why that is not sure; empty when it is
 */
public record CaaClimb(Optional<String> name, List<CaaRecord> records, Optional<String> unknown) {
    public CaaClimb {
        records = List.copyOf(records);
    }

    public static CaaClimb climb(String host, DnsLookup dns) {
        List<DnsQuestion> questions = DomainName.upward(host).stream()
                .map(name -> new DnsQuestion(name, RecordType.CAA))
                .toList();
        // Asked all at once: a climb step by step would cost a round trip for each label.
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
