package dev.websentry.server.scan;

import dev.websentry.engine.ScanProgressListener;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The progress of a running scan.
 *
 * @param waiting whether the scan is still in the queue
 * @param stages the stages that have started, in the order of {@link ScanProgressListener.ScanStage}
 */
public record ScanProgress(boolean waiting, List<StageProgress> stages) {
    public ScanProgress {
        stages = List.copyOf(stages);
    }

    /**
     * A stage that has started.
     *
     * @param name the label of the stage
     * @param took the duration; empty while the stage runs
     */
    public record StageProgress(String name, Optional<Duration> took) {}

    /** Records the progress of one scan. Stages overlap and are reported by several threads. */
    static final class ScanProgressRecorder implements ScanProgressListener {
        private final Map<ScanStage, Optional<Duration>> stages = new EnumMap<>(ScanStage.class);
        private final String caller;
        private boolean permitGranted;

        /** @param caller the key of the caller in the queue */
        ScanProgressRecorder(String caller) {
            this.caller = caller;
        }

        String caller() {
            return caller;
        }

        synchronized void permitGranted() {
            permitGranted = true;
        }

        @Override
        public synchronized void stageStarted(ScanStage stage) {
            stages.put(stage, Optional.empty());
        }

        @Override
        public synchronized void stageFinished(ScanStage stage, Duration took) {
            stages.put(stage, Optional.of(took));
        }

        /**
         * Returns true if the scan has sent requests to the target, which it does after its addresses are resolved and
         * allowed.
         */
        synchronized boolean hasContactedTarget() {
            return stages.containsKey(ScanStage.SITE) || stages.containsKey(ScanStage.TLS);
        }

        synchronized ScanProgress snapshot() {
            return new ScanProgress(
                    !permitGranted,
                    stages.entrySet().stream()
                            .map(stage -> new StageProgress(stage.getKey().label(), stage.getValue()))
                            .toList());
        }
    }
}
