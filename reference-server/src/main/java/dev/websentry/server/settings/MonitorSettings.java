package dev.websentry.server.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How scheduled scans are shared out.
 *
 * @param heartbeat how often a node says of each scheduled scan that it still runs; one that is silent for four of these is
 *     taken for dead, and another node repeats its scan
 */
public record MonitorSettings(@DefaultValue("10s") Duration heartbeat) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public MonitorSettings {
        if (heartbeat.compareTo(SHORTEST) < 0 || heartbeat.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("websentry.monitors.heartbeat is " + heartbeat.toMillis()
                    + " ms: expected " + SHORTEST.toMillis() + "ms to " + LONGEST.toMinutes() + "m");
        }
    }
}
