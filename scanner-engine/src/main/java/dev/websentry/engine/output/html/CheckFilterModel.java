package dev.websentry.engine.output.html;

import java.util.List;
import java.util.stream.Stream;

/**
 * A choice of the filter above the table of all checks.
 *
 * @param label the outcome label that the filter selects, or "all"
 * @param cssClass the class of the rows that the filter selects
 * @param count the number of checks
 */
record CheckFilterModel(String label, String cssClass, long count) {
    /** Returns "all" and one filter for each outcome that occurs, in the order of first occurrence. */
    static List<CheckFilterModel> of(List<CheckModel> checks) {
        return Stream.concat(
                        Stream.of(new CheckFilterModel("all", "all", checks.size())),
                        checks.stream()
                                .map(CheckModel::outcome)
                                .distinct()
                                .map(outcome -> new CheckFilterModel(
                                        outcome,
                                        cssClass(outcome),
                                        checks.stream()
                                                .filter(check -> check.outcome().equals(outcome))
                                                .count())))
                .toList();
    }

    /** Returns the CSS class of an outcome label, such as "not-checked". */
    static String cssClass(String outcome) {
        return outcome.replace('/', '-').replace(' ', '-');
    }
}
