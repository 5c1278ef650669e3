package dev.websentry.engine.check.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.DnsObservations;
import dev.websentry.engine.observation.DnsScope;
import dev.websentry.engine.observation.DnssecValidation;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.syntax.caa.RelevantCaaRecords;
import dev.websentry.engine.syntax.dkim.DkimKeyDiscovery;
import dev.websentry.engine.syntax.dmarc.DmarcDiscovery;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import dev.websentry.engine.syntax.mail.MailTransportRecords;
import dev.websentry.engine.syntax.spf.SpfEvaluator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds DNS observations from a zone in text form. Records that the zone does not list do not exist. Each entry is
 * {@code name TYPE data}, and entries are separated by {@code |}. The data may also be the name of a
 * {@link DnsAnswer.DnsAnswerStatus} such as TIMEOUT or NXDOMAIN.
 */
public final class ObservedDns {
    static final String CONTROL_SELECTOR = "control0";

    private final Map<DnsQuestion, DnsAnswer> script = new LinkedHashMap<>();
    private Optional<String> host = Optional.of("www.example.com");
    private Optional<String> mailDomain = Optional.of("example.com");
    private List<String> dkimSelectors = List.of();
    private Observation<DnssecValidation> validation = Observation.unknown("not validated");
    private Observation<Optional<HttpExchange>> mtaStsPolicy = Observation.seen(Optional.empty());

    public static ObservedDns zone(String zone) {
        ObservedDns dns = new ObservedDns();
        for (String entry : zone.split("\\|")) {
            if (!entry.isBlank()) {
                dns.add(entry.strip());
            }
        }
        return dns;
    }

    private void add(String entry) {
        String[] parts = entry.split(" ", 3);
        DnsQuestion question = new DnsQuestion(parts[0], DnsRecordType.valueOf(parts[1]));
        for (DnsAnswer.DnsAnswerStatus status : DnsAnswer.DnsAnswerStatus.values()) {
            if (status != DnsAnswer.DnsAnswerStatus.RECORDS && status.name().equals(parts[2])) {
                script.put(question, DnsAnswer.failed(status));
                return;
            }
        }
        script.merge(
                question,
                DnsAnswer.records(parts[2]),
                (one, other) -> new DnsAnswer(
                        DnsAnswer.DnsAnswerStatus.RECORDS,
                        java.util.stream.Stream.concat(one.data().stream(), other.data().stream())
                                .toList()));
    }

    ObservedDns dkimSelectors(String... names) {
        dkimSelectors = List.of(names);
        return this;
    }

    ObservedDns mailDomain(String domain) {
        mailDomain = Optional.of(domain);
        return this;
    }

    ObservedDns validation(Observation<DnssecValidation> value) {
        validation = value;
        return this;
    }

    public ObservedDns mtaStsPolicy(Observation<Optional<HttpExchange>> value) {
        mtaStsPolicy = value;
        return this;
    }

    ObservedDns withoutPublicName() {
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
            SpfEvaluator.evaluate(domain, dns);
            DmarcDiscovery.discover(domain, dns);
            DkimKeyDiscovery.discover(domain, dkimSelectors, CONTROL_SELECTOR, dns);
            MailTransportRecords.lookUp(domain, dns);
        });
        host.ifPresent(name -> RelevantCaaRecords.find(name, dns));
        return new DnsObservations(
                new DnsScope(host, mailDomain, dkimSelectors, CONTROL_SELECTOR), asked, validation, mtaStsPolicy);
    }

    CheckVerdict evaluate(Check check) {
        return CheckCatalog.evaluate(
                        check, ObservedSite.page().dns(observations()).observations())
                .verdict();
    }

    void expect(Check check, CheckOutcome outcome, String inValue) {
        CheckVerdict verdict = evaluate(check);
        assertEquals(outcome, verdict.outcome(), verdict.value());
        assertTrue(verdict.value().contains(inValue), verdict.value());
    }
}
