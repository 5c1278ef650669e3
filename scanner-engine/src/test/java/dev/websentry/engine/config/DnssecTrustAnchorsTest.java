package dev.websentry.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.testsite.dns.TestZone;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnssecTrustAnchorsTest {
    private static final String DIGEST = "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D";

    @Test
    void parsesRecordsWithCommentsAndOverSeveralLines() {
        List<String> anchors = DnssecTrustAnchors.parse(List.of(
                "; the root's key",
                "",
                ". IN DS 20326 8 2 (",
                "  " + DIGEST + " ) ; 2017",
                "corp. 3600 IN DS 1 13 2 " + DIGEST));
        assertEquals(2, anchors.size());
        assertEquals(anchors, DnssecTrustAnchors.parse(anchors));
    }

    @Test
    void parsesADnskeyRecord() {
        String key = TestZone.of(".", "").signed(Instant.EPOCH).dnskey().toString();
        assertEquals(1, DnssecTrustAnchors.parse(List.of(key)).size());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '^', quoteCharacter = '"', textBlock = """
                    nothing at all            ^ no record         ^ ""
                    only a comment            ^ no record         ^ "; soon"
                    another text              ^ zone-file form    ^ nonsense
                    another record            ^ neither a DS nor  ^ . IN A 192.0.2.1
                    an include                ^ zone-file form    ^ $INCLUDE /etc/hosts
                    a truncated digest        ^ got 2             ^ . IN DS 20326 8 2 E06D
                    an unknown digest type    ^ unknown digest    ^ . IN DS 20326 8 77 E06D
                    an unreadable key         ^ a readable key    ^ . IN DNSKEY 257 3 13 AAAA
                    not a zone key            ^ not a zone key    ^ . IN DNSKEY 1 3 13 AAAA
                    a revoked key             ^ revoked           ^ . IN DNSKEY 385 3 13 AAAA
                    """)
    void rejectsInvalidAnchors(String title, String problem, String text) {
        IllegalArgumentException rejected = assertThrows(
                IllegalArgumentException.class, () -> DnssecTrustAnchors.parse(List.of(text == null ? "" : text)));
        assertTrue(String.valueOf(rejected.getMessage()).contains(problem), rejected.getMessage());
    }
}
