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
 * Which questions are still open. The rules that will judge the answers are run over what is known so far; what they ask
 * for in vain is what to ask next. So no rule is written twice, and everything that can be asked side by side is.
 */
final class DnsPlan {
    private final DnsSubject subject;

    DnsPlan(DnsSubject subject) {
        this.subject = subject;
    }

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
