package dev.websentry.engine.syntax.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which selectors are guessed. */
class DkimKeyDiscoveryTest {
    /** Verification records show only that the domain was once registered with a provider. */
    @ParameterizedTest
    @CsvSource({
        "v=spf1 include:_spf.protonmail.ch -all, true",
        "V=SPF1 include:_spf.ProtonMail.ch -all, true",
        "protonmail-verification=1, false"
    })
    void onlySpfRecordsIdentifyTheMailProvider(String text, boolean identifies) {
        Set<String> asked = new TreeSet<>();
        DkimKeyDiscovery found = DkimKeyDiscovery.discover("a.net", List.of(), "control", question -> {
            asked.add(question.name());
            if (question.type() == DnsRecordType.MX) {
                return DnsAnswer.records("10 mx.a.net");
            }
            return question.name().equals("a.net") ? DnsAnswer.records(text) : DnsAnswer.NXDOMAIN;
        });
        assertTrue(found.receivesMail());
        assertEquals(identifies, asked.contains("protonmail._domainkey.a.net"));
    }
}
