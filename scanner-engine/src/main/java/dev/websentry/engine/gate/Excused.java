package dev.websentry.engine.gate;

import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.InvalidTargetException;
import dev.websentry.engine.target.Target;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of a report's findings waivers excuse.
 *
 * @param byCheck the waiver that excuses a check, by the check's id
 * @param notes about waivers that excuse nothing: expired or unused
 */
record Excused(Map<String, Waiver> byCheck, List<String> notes) {
    static Excused of(Report report, List<Waiver> waivers) {
        LocalDate today = LocalDate.ofInstant(report.scannedAt(), ZoneOffset.UTC);
        String host = host(report);
        Map<String, Waiver> byCheck = new HashMap<>();
        List<String> notes = new ArrayList<>();
        for (Waiver waiver : waivers) {
            if (!waiver.isFor(host)) {
                continue;
            }
            if (waiver.hasExpired(today)) {
                notes.add("the waiver of " + waiver.label() + " expired on " + waiver.until() + " and excuses nothing");
            } else if (hasSomethingToExcuse(report, waiver.checkId())) {
                byCheck.put(waiver.checkId(), waiver);
            } else {
                notes.add("the waiver of " + waiver.label() + " is not used: the check has no finding");
            }
        }
        return new Excused(Map.copyOf(byCheck), List.copyOf(notes));
    }

    boolean contains(CheckResult check) {
        return byCheck.containsKey(check.id());
    }

    private static boolean hasSomethingToExcuse(Report report, String checkId) {
        return report.caps().stream().anyMatch(cap -> cap.checkId().equals(checkId))
                || report.categories().stream()
                        .flatMap(category -> category.checks().stream())
                        .anyMatch(check -> check.id().equals(checkId) && (check.isFinding() || check.isUnchecked()));
    }

    private static String host(Report report) {
        try {
            return Target.parse(report.url()).host().ascii();
        } catch (InvalidTargetException e) {
            // A report of another program: waivers without a host still apply.
            return "";
        }
    }
}
