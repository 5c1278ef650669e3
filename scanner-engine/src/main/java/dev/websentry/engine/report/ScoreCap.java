package dev.websentry.engine.report;

import java.util.Optional;

/**
 * A cap on the score, as it appears in a report.
 *
 * @param limit the highest possible score with this cap, 0 to 100
 * @param checkId the id of the check that demands the cap; empty if the cap applies because the scan is incomplete
 * @param reason why the cap applies
 */
public record ScoreCap(int limit, Optional<String> checkId, String reason) {}
