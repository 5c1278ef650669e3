package dev.websentry.engine.check;

/** How a check ends. */
public enum Outcome {
    PASS("pass"),
    WARN("warn"),
    FAIL("fail"),
    /** The risk cannot exist here, so the points are earned. */
    NOTHING_TO_PROTECT("info"),
    /** The control cannot exist here, so there are no points to earn. */
    NOT_APPLICABLE("info"),
    /** The check could not run; no points, and the report is incomplete. */
    NOT_CHECKED("info"),
    /** A line for the reader that never carries points. */
    INFO("info");

    private final String status;

    Outcome(String status) {
        this.status = status;
    }

    /** The documented status word of the API. */
    public String status() {
        return status;
    }

    /** Points earned, in halves, of a check that is worth {@code points}. */
    public int earnedHalves(int points) {
        return switch (this) {
            case PASS, NOTHING_TO_PROTECT -> 2 * points;
            case WARN -> points;
            case FAIL, NOT_APPLICABLE, NOT_CHECKED, INFO -> 0;
        };
    }

    /** Points that could have been earned, in halves, of a check that is worth {@code points}. */
    public int availableHalves(int points) {
        return switch (this) {
            case PASS, WARN, FAIL, NOTHING_TO_PROTECT -> 2 * points;
            case NOT_APPLICABLE, NOT_CHECKED, INFO -> 0;
        };
    }

    /** Whether a person should act on it. */
    public boolean isFinding() {
        return this == WARN || this == FAIL;
    }
}
