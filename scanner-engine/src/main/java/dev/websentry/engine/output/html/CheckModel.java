package dev.websentry.engine.output.html;

import java.util.List;

/**
 * A check as the templates show it.
 *
 * @param anchor the id of the element that shows the finding
 * @param id the check id; empty if the report has no check ids
 * @param outcome the label of the outcome, such as "not checked" or "waived"
 * @param color the name of the color in the style sheet
 * @param value what was found, or why it was not checked
 * @param points text such as "2.5 of 5 points"; empty for a check without points
 * @param waiver until when and why the finding is accepted; empty if it is not waived
 * @param description what the check requires
 * @param remediation how to fix the finding; empty if there is nothing to fix
 */
record CheckModel(
        String anchor,
        String id,
        String name,
        String outcome,
        String color,
        String value,
        String points,
        String waiver,
        String description,
        String remediation,
        Details details) {

    /** Returns the check id and the points, as far as they exist. */
    String facts() {
        return id + (id.isEmpty() || points.isEmpty() ? "" : ", ") + points;
    }

    /** Returns the points without the unit, for the column of a table. */
    String pointsColumn() {
        return points.replace(" points", "").replace(" point", "");
    }

    /**
     * What a reader opens to see.
     *
     * @param open whether the details are open when the page opens
     * @param evidence the observed lines, joined with line breaks
     * @param configs configuration examples, one for each product
     * @param references web addresses of the rules
     */
    record Details(boolean open, String evidence, List<ConfigModel> configs, List<String> references) {
        boolean isEmpty() {
            return evidence.isEmpty() && configs.isEmpty() && references.isEmpty();
        }
    }

    /** A configuration example for one product. */
    record ConfigModel(String target, String code) {}
}
