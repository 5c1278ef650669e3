package dev.websentry.server.webhook;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A monitor's scan gave a worse grade than the one before.
 *
 * @param previousGrade of the last scan that gave one
 * @param scanId of the report that has the new one
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record GradeFall(Watched monitor, String previousGrade, String grade, int score, String scanId) {
    /** The monitor. */
    public record Watched(String id, String url, String frequency) {}
}
