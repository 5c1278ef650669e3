package dev.websentry.server.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of scheduled scans.
 *
 * @param heartbeat Interval at which a node reports that a scheduled scan is still running, 100ms to 10m. After four
 *     missed heartbeats another node repeats the scan.
 */
public record MonitorProperties(@DefaultValue("10s") Duration heartbeat) {
    private static final Duration MIN_HEARTBEAT = Duration.ofMillis(100);
    private static final Duration MAX_HEARTBEAT = Duration.ofMinutes(10);

    public MonitorProperties {
        if (heartbeat.compareTo(MIN_HEARTBEAT) < 0 || heartbeat.compareTo(MAX_HEARTBEAT) > 0) {
            throw new IllegalArgumentException("websentry.monitors.heartbeat is " + heartbeat.toMillis() + "ms; use "
                    + MIN_HEARTBEAT.toMillis() + "ms to " + MAX_HEARTBEAT.toMinutes() + "m");
        }
    }
}
