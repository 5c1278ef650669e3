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
 * What a run's reports are held against.
 *
 * @param baselines the earlier report of each target that has one
 */
public record GateSettings(GateConditions conditions, List<Waiver> waivers, Map<Target, Report> baselines) {
    public GateSettings {
        waivers = List.copyOf(waivers);
        baselines = Map.copyOf(baselines);
    }

    GateResult judge(Target target, Report report) {
        return Gate.judge(report, conditions, waivers, Optional.ofNullable(baselines.get(target)));
    }
}
