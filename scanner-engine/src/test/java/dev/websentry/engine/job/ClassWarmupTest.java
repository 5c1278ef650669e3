package dev.websentry.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.output.ReportFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassWarmupTest {
    /** A failure of the warm-up would not be noticed otherwise, because the scan only becomes slower. */
    @Test
    void warmupWritesTheDefaultFormats() {
        Map<ReportFormat, Integer> written = ClassWarmup.warmUp();
        assertEquals(ReportFiles.DEFAULT_FORMATS, written.keySet());
        assertTrue(written.values().stream().allMatch(length -> length > 1000), written.toString());
    }
}
