package dev.websentry.server.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @Test
    void filesThatWereRolledAtMidnightAreRead(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("server.log");
        Files.writeString(log, "third\n");
        Files.writeString(directory.resolve("server.log.2026-11-30.1"), "second\n");
        Files.writeString(directory.resolve("server.log.2026-11-30.0"), "first\n");
        Files.writeString(directory.resolve("other.log"), "other\n");
        assertEquals(List.of("first", "second", "third"), ServerLog.lines(log));
    }
}
