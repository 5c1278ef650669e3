package dev.websentry.engine.run;

import dev.websentry.engine.gate.Gate;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the quality gate for one job.
 *
 * @param conditions the conditions that every report must meet
 * @param waivers the accepted findings
 * @param baselines the earlier reports by target; targets without an earlier report are absent
 */
public record GateSettings(GateConditions conditions, List<Waiver> waivers, Map<Target, Report> baselines) {
    public GateSettings {
        waivers = List.copyOf(waivers);
        baselines = Map.copyOf(baselines);
    }

    /** Evaluates the report of a target. */
    GateResult judge(Target target, Report report) {
        return Gate.judge(report, conditions, waivers, Optional.ofNullable(baselines.get(target)));
    }
}
