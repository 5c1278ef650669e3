package dev.websentry.engine.probe.dns;

import dev.websentry.engine.observe.DnsSubject;
import dev.websentry.engine.syntax.caa.CaaClimb;
import dev.websentry.engine.syntax.dkim.DkimSearch;
import dev.websentry.engine.syntax.dmarc.DmarcDiscovery;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.mail.MailRecords;
import dev.websentry.engine.syntax.spf.SpfWalk;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Plans the DNS queries of a scan. It evaluates the rules of the checks with the answers known so far; the questions
 * that they cannot answer are the next queries. Thus no rule is duplicated, and all independent queries are sent in
 * parallel.
 */
final class DnsPlan {
    private final DnsSubject subject;

    DnsPlan(DnsSubject subject) {
        this.subject = subject;
    }

    /** Returns the questions that the rules need but that are not answered yet. */
    Set<DnsQuestion> open(Map<DnsQuestion, DnsAnswer> known) {
        Set<DnsQuestion> open = new LinkedHashSet<>();
        DnsLookup dns = question -> {
            DnsAnswer answer = known.getOrDefault(question, DnsAnswer.NOT_ASKED);
            if (answer.status() == DnsAnswer.Status.NOT_ASKED) {
                open.add(question);
            }
            return answer;
        };
        subject.mailDomain().ifPresent(domain -> {
            SpfWalk.assess(domain, dns);
            DmarcDiscovery.discover(domain, dns);
            DkimSearch.search(domain, subject.dkimSelectors(), subject.controlSelector(), dns);
            MailRecords.read(domain, dns);
        });
        subject.host().ifPresent(host -> CaaClimb.climb(host, dns));
        return open;
    }
}
