package dev.websentry.engine.syntax.dmarc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.syntax.dmarc.DmarcRecord.DmarcPolicy;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tests the discovery of records by RFC 9989 section 4.10. */
class DmarcDiscoveryTest {
    @Test
    void allNamesOfTheTreeWalkAreAskedAtOnce() {
        Set<String> asked = new TreeSet<>();
        DmarcDiscovery.discover("a.b.example.com", question -> {
            asked.add(question.name());
            return DnsAnswer.NOT_ASKED;
        });
        assertEquals(
                Set.of("_dmarc.a.b.example.com", "_dmarc.b.example.com", "_dmarc.example.com", "_dmarc.com"), asked);
    }

    @Test
    void subdomainsWithoutARecordOfTheOrganizationHaveThatOfThePublicSuffix() {
        Map<String, String> records = Map.of(
                "_dmarc.a.example.com", "v=DMARC1; p=none",
                "_dmarc.com", "v=DMARC1; p=reject; psd=y");
        DmarcDiscovery found = DmarcDiscovery.discover(
                "a.example.com",
                (DnsQuestion question) -> records.containsKey(question.name())
                        ? new DnsAnswer(DnsAnswer.DnsAnswerStatus.RECORDS, List.of(records.get(question.name())))
                        : DnsAnswer.NXDOMAIN);
        assertEquals(DmarcPolicy.NONE, found.domainPolicy());
        assertEquals(DmarcPolicy.REJECT, found.subdomainPolicy());
    }
}
