package dev.websentry.server.webhook;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The data of a webhook message about a monitor whose grade dropped. Serialized to JSON.
 *
 * @param previousGrade grade of the previous successful scan
 * @param scanId id of the scan with the new grade
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record GradeDropped(MonitorReference monitor, String previousGrade, String grade, int score, String scanId) {
    /** The monitor whose grade dropped. */
    public record MonitorReference(String id, String url, String frequency) {}
}
