package dev.websentry.engine.check.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsEvidenceTest {
    @Test
    void twelveLinesAreShownInFull() {
        List<String> lines = Collections.nCopies(12, "line");
        assertEquals(lines, DnsEvidence.limit(lines));
    }

    @Test
    void lastOfMoreLinesCountsTheOthers() {
        List<String> shown = DnsEvidence.limit(Collections.nCopies(20, "line"));
        assertEquals(Collections.nCopies(11, "line"), shown.subList(0, 11));
        assertEquals(List.of("and 9 more"), shown.subList(11, shown.size()));
    }
}
