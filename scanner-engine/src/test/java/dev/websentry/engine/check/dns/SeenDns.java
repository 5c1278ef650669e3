package dev.websentry.engine.check.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Catalogue;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.DnsObservations;
import dev.websentry.engine.observe.DnsSubject;
import dev.websentry.engine.observe.DnsValidation;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.syntax.caa.CaaClimb;
import dev.websentry.engine.syntax.dkim.DkimSearch;
import dev.websentry.engine.syntax.dmarc.DmarcDiscovery;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.RecordType;
import dev.websentry.engine.syntax.mail.MailRecords;
import dev.websentry.engine.syntax.spf.SpfWalk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds DNS observations from a zone in text form. Records that the zone does not list do not exist. Each entry is
 * {@code name TYPE data}, and entries are separated by {@code |}. The data may also be the name of a
 * {@link DnsAnswer.Status} such as TIMEOUT or NXDOMAIN.
 */
public final class SeenDns {
    static final String CONTROL = "control0";

    private final Map<DnsQuestion, DnsAnswer> script = new LinkedHashMap<>();
    private Optional<String> host = Optional.of("www.example.com");
    private Optional<String> mailDomain = Optional.of("example.com");
    private List<String> selectors = List.of();
    private Observed<DnsValidation> validation = Observed.unknown("not validated");
    private Observed<Optional<Exchange>> policy = Observed.seen(Optional.empty());

    public static SeenDns zone(String zone) {
        SeenDns dns = new SeenDns();
        for (String entry : zone.split("\\|")) {
            if (!entry.isBlank()) {
                dns.add(entry.strip());
            }
        }
        return dns;
    }

    private void add(String entry) {
        String[] parts = entry.split(" ", 3);
        DnsQuestion question = new DnsQuestion(parts[0], RecordType.valueOf(parts[1]));
        for (DnsAnswer.Status status : DnsAnswer.Status.values()) {
            if (status != DnsAnswer.Status.RECORDS && status.name().equals(parts[2])) {
                script.put(question, DnsAnswer.failed(status));
                return;
            }
        }
        script.merge(
                question,
                DnsAnswer.records(parts[2]),
                (one, other) -> new DnsAnswer(
                        DnsAnswer.Status.RECORDS,
                        java.util.stream.Stream.concat(one.data().stream(), other.data().stream())
                                .toList()));
    }

    SeenDns selectors(String... names) {
        selectors = List.of(names);
        return this;
    }

    SeenDns mailDomain(String domain) {
        mailDomain = Optional.of(domain);
        return this;
    }

    SeenDns validation(Observed<DnsValidation> value) {
        validation = value;
        return this;
    }

    public SeenDns policy(Observed<Optional<Exchange>> value) {
        policy = value;
        return this;
    }

    SeenDns nowhere() {
        host = Optional.empty();
        mailDomain = Optional.empty();
        return this;
    }

    public DnsObservations observations() {
        Map<DnsQuestion, DnsAnswer> asked = new LinkedHashMap<>();
        DnsLookup dns = question -> {
            DnsAnswer answer = script.getOrDefault(question, DnsAnswer.NO_DATA);
            asked.put(question, answer);
            return answer;
        };
        mailDomain.ifPresent(domain -> {
            SpfWalk.assess(domain, dns);
            DmarcDiscovery.discover(domain, dns);
            DkimSearch.search(domain, selectors, CONTROL, dns);
            MailRecords.read(domain, dns);
        });
        host.ifPresent(name -> CaaClimb.climb(name, dns));
        return new DnsObservations(new DnsSubject(host, mailDomain, selectors, CONTROL), asked, validation, policy);
    }

    Verdict judge(Check check) {
        return Catalogue.judge(check, SeenSite.page().dns(observations()).observations())
                .verdict();
    }

    void expect(Check check, Outcome outcome, String inValue) {
        Verdict verdict = judge(check);
        assertEquals(outcome, verdict.outcome(), verdict.value());
        assertTrue(verdict.value().contains(inValue), verdict.value());
    }
}
