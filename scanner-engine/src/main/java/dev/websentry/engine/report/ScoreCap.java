package dev.websentry.engine.report;

/**
 * A limit on the score.
 *
 * @param limit the highest score that is left
 * @param checkId the check whose verdict set it; empty when it is the report's incompleteness
 */
public record ScoreCap(int limit, String checkId, String reason) {}
