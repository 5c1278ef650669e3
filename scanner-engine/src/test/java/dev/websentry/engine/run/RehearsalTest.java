package dev.websentry.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.output.Format;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    /** What fails in the dark would never be noticed: the scan goes on without it, only slower. */
    @Test
    void whatAGoalWritesByItselfCanBeRehearsed() {
        Map<Format, Integer> written = Rehearsal.run();
        assertEquals(ReportFiles.DEFAULT_FORMATS, written.keySet());
        assertTrue(written.values().stream().allMatch(length -> length > 1000), written.toString());
    }
}
