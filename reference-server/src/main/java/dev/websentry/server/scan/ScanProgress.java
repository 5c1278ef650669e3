package dev.websentry.server.scan;

import dev.websentry.engine.Progress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a running scan is doing.
 *
 * @param waiting whether it still waits for a place
 * @param stages those that have begun, in the order in which a scan has them
 */
public record ScanProgress(boolean waiting, List<Step> stages) {
    public ScanProgress {
        stages = List.copyOf(stages);
    }

    /**
     * One stage of a scan.
     *
     * @param name for a person to read
     * @param took empty while it goes on
     */
    public record Step(String name, Optional<Duration> took) {}

    /** Listens to one scan. Its stages overlap and come from several threads. */
    static final class Recorder implements Progress {
        private final Map<Stage, Optional<Duration>> stages = new EnumMap<>(Stage.class);
        private boolean placed;

        synchronized void placed() {
            placed = true;
        }

        @Override
        public synchronized void started(Stage stage) {
            stages.put(stage, Optional.empty());
        }

        @Override
        public synchronized void finished(Stage stage, Duration took) {
            stages.put(stage, Optional.of(took));
        }

        /** Whether the target itself was sent anything: it is not before its addresses are known and allowed. */
        synchronized boolean hasSent() {
            return stages.containsKey(Stage.SITE) || stages.containsKey(Stage.TLS);
        }

        synchronized ScanProgress now() {
            return new ScanProgress(
                    !placed,
                    stages.entrySet().stream()
                            .map(stage -> new Step(stage.getKey().label(), stage.getValue()))
                            .toList());
        }
    }
}
