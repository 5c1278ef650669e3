package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What starts the server must not kill it while it stops. */
class StopTimeoutTest {
    /** For what happens after the scans have ended, such as closing connections of the database. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    @ParameterizedTest
    @CsvSource({
        "compose.yaml, stop_grace_period: (\\d+)s",
        "deploy/kubernetes/server.yaml, terminationGracePeriodSeconds: (\\d+)",
        "docs/server.md, TimeoutStopSec=(\\d+)",
        "docs/server.md, --stop-timeout (\\d+)",
    })
    void serverHasTimeToStop(Path file, Pattern setting) throws IOException {
        Duration scans = seconds(
                Path.of("src/main/resources/application.yaml"), Pattern.compile("timeout-per-shutdown-phase: (\\d+)s"));
        Duration own = scans.plus(ScanExecutor.SHUTDOWN_TIMEOUT).plus(MARGIN);
        Duration kill = seconds(Path.of("..").resolve(file), setting);
        assertTrue(kill.compareTo(own) >= 0, kill + " is less than " + own);
    }

    private static Duration seconds(Path file, Pattern setting) throws IOException {
        Matcher found = setting.matcher(Files.readString(file));
        assertTrue(found.find(), file + " contains no " + setting);
        return Duration.ofSeconds(Long.parseLong(found.group(1)));
    }
}
