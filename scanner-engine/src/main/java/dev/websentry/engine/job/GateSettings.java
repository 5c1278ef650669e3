package dev.websentry.engine.job;

import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.report.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the quality gate for one job.
 *
 * @param conditions the conditions that every report must meet
 * @param waivers the accepted findings
 * @param baselines the earlier reports by target; targets without an earlier report are absent
 * @param notes additional notes for every result, such as hosts of waivers that match no target
 */
public record GateSettings(
        GateConditions conditions, List<Waiver> waivers, Map<Target, Report> baselines, List<String> notes) {
    /** Creates settings without notes. */
    public GateSettings(GateConditions conditions, List<Waiver> waivers, Map<Target, Report> baselines) {
        this(conditions, waivers, baselines, List.of());
    }

    public GateSettings {
        notes = List.copyOf(notes);
        waivers = List.copyOf(waivers);
        baselines = Map.copyOf(baselines);
    }

    /** Evaluates the report of a target. */
    public GateResult evaluate(Target target, Report report) {
        return QualityGate.evaluate(report, conditions, waivers, Optional.ofNullable(baselines.get(target)))
                .withNotes(notes);
    }
}
