package dev.websentry.server.dashboard;

import dev.websentry.engine.ScanProgressListener.ScanStage;
import dev.websentry.server.scan.ScanProgress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The progress of a scan, for its page and for the script that updates the page.
 *
 * @param waiting whether the scan is still in the queue
 */
record ScanProgressView(boolean running, boolean waiting, List<StageView> stages) {

    /** @param progress empty if the scan has ended or runs on another node */
    static ScanProgressView of(boolean running, Optional<ScanProgress> progress) {
        return new ScanProgressView(
                running,
                progress.map(ScanProgress::waiting).orElse(false),
                Stream.of(ScanStage.values())
                        .map(stage -> StageView.of(stage, progress.flatMap(now -> step(now, stage))))
                        .toList());
    }

    private static Optional<ScanProgress.StageProgress> step(ScanProgress progress, ScanStage stage) {
        return progress.stages().stream()
                .filter(step -> step.name().equals(stage.label()))
                .findFirst();
    }

    /**
     * The state of one stage.
     *
     * @param state waiting, running or done
     * @param took the duration with its unit; empty until the stage is done
     */
    record StageView(String key, String label, String state, String took) {
        private static StageView of(ScanStage stage, Optional<ScanProgress.StageProgress> step) {
            Optional<Duration> took = step.flatMap(ScanProgress.StageProgress::took);
            return new StageView(
                    stage.name().toLowerCase(Locale.ROOT),
                    stage.label(),
                    step.isEmpty() ? "waiting" : took.isEmpty() ? "running" : "done",
                    took.map(time -> String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0))
                            .orElse(""));
        }
    }
}
