package dev.websentry.engine.output.html;

import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.engine.output.wording.ReportWording;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.report.CheckResult;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** Creates the models of the checks of one report. */
final class CheckModelFactory {
    private final Optional<GateResult> gate;
    private final Set<CheckResult> first;
    /** The page shows most checks several times: with their category, as findings and in the plan. */
    private final IdentityHashMap<CheckResult, CheckModel> models = new IdentityHashMap<>();

    /**
     * @param gate the result of the quality gate, which contains the waivers
     * @param first the findings to fix first, whose details are open
     */
    CheckModelFactory(Optional<GateResult> gate, Set<CheckResult> first) {
        this.gate = gate;
        this.first = first;
    }

    boolean isWaived(CheckResult check) {
        return waiver(check).isPresent();
    }

    CheckModel create(CheckResult check) {
        return models.computeIfAbsent(check, this::model);
    }

    private CheckModel model(CheckResult check) {
        Optional<Waiver> waiver = waiver(check);
        return new CheckModel(
                text(check.label()),
                check.id().map(CheckModelFactory::text).orElse(""),
                text(check.name()),
                waiver.isPresent() ? "waived" : ReportWording.outcomeLabel(check),
                (waiver.isPresent() ? ReportColor.NONE : ReportColor.ofCheck(check)).cssClass(),
                text(check.isUnchecked() ? ReportWording.notCheckedReason(check) : check.value()),
                ReportWording.pointsText(check),
                waiver.map(accepted -> text(ReportWording.waived(accepted))).orElse(""),
                text(check.description()),
                text(check.remediation().text()),
                new CheckModel.Details(
                        first.contains(check),
                        text(String.join("\n", check.evidence())),
                        check.remediation().configs().stream()
                                .map(CheckModelFactory::config)
                                .toList(),
                        check.references().stream()
                                .filter(CheckModelFactory::isWeb)
                                .map(CheckModelFactory::text)
                                .toList()));
    }

    private Optional<Waiver> waiver(CheckResult check) {
        return gate.flatMap(result -> result.waiver(check));
    }

    private static CheckModel.ConfigModel config(Remediation.ConfigSnippet config) {
        return new CheckModel.ConfigModel(
                text(config.target()), text(config.code().stripTrailing()));
    }

    /** A report from another source may contain any text as a reference; only web addresses become links. */
    private static boolean isWeb(String url) {
        return url.startsWith("https://") || url.startsWith("http://");
    }

    private static String text(String text) {
        return TextSanitizer.markupText(text);
    }
}
