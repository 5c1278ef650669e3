package dev.websentry.engine.syntax.dmarc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests records by RFC 9989 section 4.7, and the tags of RFC 7489 that older receivers still apply. */
class DmarcRecordTest {
    private static DmarcRecord record(String tags) {
        return DmarcRecord.parse("v=DMARC1; " + tags);
    }

    @ParameterizedTest
    @CsvSource({
        "rua=mailto:a@b.net, true",
        "rua=https://b.net/reports, true",
        "rua=mailto:a@b.net!10m, true",
        "'rua=a@b.net, mailto:a@b.net', true",
        "rua=a@b.net, false",
        "rua=%, false",
        "rua=, false",
        "p=none, false"
    })
    void reportUriNeedsAScheme(String tags, boolean has) {
        assertEquals(has, record(tags).hasReportUri());
    }

    @ParameterizedTest
    @CsvSource({"t=y, true", "t=Y, true", "t=n, false", "p=none, false"})
    void testModeNeedsTagWithYes(String tags, boolean testing) {
        assertEquals(testing, record(tags).testMode());
    }

    @ParameterizedTest
    @CsvSource({"psd=y, y", "psd=N, n", "psd=u, u", "psd=maybe, u", "p=none, u"})
    void publicSuffixTagIsNormalized(String tags, char psd) {
        assertEquals(psd, record(tags).psd());
    }

    @ParameterizedTest
    @CsvSource({"pct=0, 0", "pct=99, 99", "pct=100, 100", "pct=101, 100", "pct=1000, 100", "pct=x, 100", "p=none, 100"})
    void percentageIsClampedAndDefaultsTo100(String tags, int percent) {
        assertEquals(percent, record(tags).percent());
    }

    @ParameterizedTest
    @CsvSource({
        "p=none, ''",
        "p=Reject; sp=quarantine, ''",
        "p=stop, p=stop",
        "p=none; sp=, sp=",
        "p=none; np=all, np=all",
        "x=all, ''"
    })
    void invalidPolicyTagIsReported(String tags, String invalid) {
        assertEquals(
                Optional.of(invalid).filter(tag -> !tag.isEmpty()), record(tags).invalidPolicyTag());
    }

    @Test
    void policyValuesAreCaseInsensitive() {
        DmarcRecord record = record("p=REJECT; sp=Quarantine; np=none");
        assertEquals(Optional.of(DmarcRecord.DmarcPolicy.REJECT), record.policy("p"));
        assertEquals(Optional.of(DmarcRecord.DmarcPolicy.QUARANTINE), record.policy("sp"));
        assertEquals(Optional.of(DmarcRecord.DmarcPolicy.NONE), record.policy("np"));
        assertEquals("quarantine", DmarcRecord.DmarcPolicy.QUARANTINE.toString());
    }

    @Test
    void reportHostsAreExtracted() {
        assertEquals(
                List.of("b.net", "c.net", "d.net"),
                record("rua=mailto:a@B.net., MAILTO:x@c.net!10m, mailto:y@b.net,mailto:z@d.net?subject=x,"
                                + "https://e.net, mailto:nobody")
                        .reportHosts());
    }

    @Test
    void reportHostsAreLimitedToTen() {
        StringBuilder rua = new StringBuilder("rua=");
        for (int i = 0; i < 12; i++) {
            rua.append("mailto:a@h").append(i).append(".net,");
        }
        assertEquals(10, record(rua.toString()).reportHosts().size());
    }
}
