package dev.websentry.engine.syntax.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the selection of records. A name can have TXT records of other standards, in general from a wildcard. */
class MailTransportRecordsTest {
    @Test
    void recordsOfOtherVersionsAreIgnored() {
        DnsAnswer texts = DnsAnswer.records("v=spf1 -all", "v=STSv1; id=1", "x");
        assertEquals(List.of("v=STSv1; id=1"), MailTransportRecords.withVersion(texts, "STSv1"));
    }
}
