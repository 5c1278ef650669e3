package dev.websentry.engine.probe.dns;

import dev.websentry.engine.observation.DnsScope;
import dev.websentry.engine.syntax.caa.RelevantCaaRecords;
import dev.websentry.engine.syntax.dkim.DkimKeyDiscovery;
import dev.websentry.engine.syntax.dmarc.DmarcDiscovery;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.mail.MailTransportRecords;
import dev.websentry.engine.syntax.spf.SpfEvaluator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Plans the DNS queries of a scan. It evaluates the rules of the checks with the answers known so far; the questions
 * that they cannot answer are the next queries. Thus no rule is duplicated, and all independent queries are sent in
 * parallel.
 */
final class DnsQueryPlanner {
    private final DnsScope subject;

    DnsQueryPlanner(DnsScope subject) {
        this.subject = subject;
    }

    /** Returns the questions that the rules need but that are not answered yet. */
    Set<DnsQuestion> openQuestions(Map<DnsQuestion, DnsAnswer> known) {
        Set<DnsQuestion> open = new LinkedHashSet<>();
        DnsLookup dns = question -> {
            DnsAnswer answer = known.getOrDefault(question, DnsAnswer.NOT_ASKED);
            if (answer.status() == DnsAnswer.DnsAnswerStatus.NOT_ASKED) {
                open.add(question);
            }
            return answer;
        };
        subject.mailDomain().ifPresent(domain -> {
            SpfEvaluator.evaluate(domain, dns);
            DmarcDiscovery.discover(domain, dns);
            DkimKeyDiscovery.discover(domain, subject.dkimSelectors(), subject.controlSelector(), dns);
            MailTransportRecords.lookUp(domain, dns);
        });
        subject.host().ifPresent(host -> RelevantCaaRecords.find(host, dns));
        return open;
    }
}
