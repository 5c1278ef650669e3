package dev.websentry.engine.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.websentry.engine.output.Format;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @TempDir
    private Path folder;

    /** What fails in the dark would never be noticed: the scan goes on without it, only slower. */
    @Test
    void everyFormatCanBeRehearsedAndNothingIsWritten() throws Exception {
        ScanRequest request = ScanRequest.of(new OptionTexts(Option::key)
                .set(Option.URL, "https://example.com")
                .set(Option.OUTPUT_DIRECTORY, folder.toString())
                .set(
                        Option.FORMATS,
                        Stream.of(Format.values())
                                .map(format -> format.name().toLowerCase(Locale.ROOT))
                                .toList()));
        assertDoesNotThrow(() -> Rehearsal.run(request));
        assertArrayEquals(new String[0], folder.toFile().list());
    }
}
