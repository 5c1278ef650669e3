package dev.websentry.engine.gate;

import dev.websentry.engine.config.InvalidTargetException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ScoreCap;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The waivers that apply to a report.
 *
 * @param byCheckId the waiver that applies to a check, by check id
 * @param notes messages about waivers that have no effect because they are expired or unused
 */
record AppliedWaivers(Map<String, Waiver> byCheckId, List<String> notes) {
    /** Selects the waivers that apply to the report's host, on the UTC date of the scan. */
    static AppliedWaivers of(Report report, List<Waiver> waivers) {
        LocalDate today = LocalDate.ofInstant(report.scannedAt(), ZoneOffset.UTC);
        String host = host(report);
        Map<String, Waiver> byCheck = new HashMap<>();
        List<String> notes = new ArrayList<>();
        for (Waiver waiver : waivers) {
            if (!waiver.appliesTo(host)) {
                continue;
            }
            if (waiver.isExpired(today)) {
                notes.add("the waiver for " + waiver.label() + " expired on " + waiver.until() + " and is ignored");
            } else if (hasWaivableResult(report, waiver.checkId())) {
                byCheck.put(waiver.checkId(), waiver);
            } else {
                notes.add("the waiver for " + waiver.label() + " is unused: the check has no finding");
            }
        }
        return new AppliedWaivers(Map.copyOf(byCheck), List.copyOf(notes));
    }

    boolean isWaived(CheckResult check) {
        return check.id().filter(byCheckId::containsKey).isPresent();
    }

    boolean isWaived(ScoreCap cap) {
        return cap.checkId().filter(byCheckId::containsKey).isPresent();
    }

    private static boolean hasWaivableResult(Report report, String checkId) {
        Optional<String> id = Optional.of(checkId);
        return report.caps().stream().anyMatch(cap -> cap.checkId().equals(id))
                || report.checks()
                        .anyMatch(check -> check.id().equals(id) && (check.isFinding() || check.isUnchecked()));
    }

    private static String host(Report report) {
        try {
            return Target.parse(report.url()).host().ascii();
        } catch (InvalidTargetException e) {
            // Another program wrote the report: waivers without a host still apply.
            return "";
        }
    }
}
