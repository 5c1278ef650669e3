package dev.websentry.engine.check;

/** The outcome of a check. */
public enum CheckOutcome {
    /** The requirement is met. All points are earned. */
    PASS(CheckStatus.PASS),
    /** The requirement is partly met. Half of the points are earned. */
    WARN(CheckStatus.WARN),
    /** The requirement is not met. No points are earned. */
    FAIL(CheckStatus.FAIL),
    /** The risk cannot exist on this site. All points are earned. */
    NOTHING_TO_PROTECT(CheckStatus.INFO),
    /** The security control cannot exist on this site. The points are neither earned nor available. */
    NOT_APPLICABLE(CheckStatus.INFO),
    /** The check could not run. The points are neither earned nor available, and the report is incomplete. */
    NOT_CHECKED(CheckStatus.INFO),
    /** The outcome of an informational check, which has no points. */
    INFO(CheckStatus.INFO);

    private final CheckStatus status;

    CheckOutcome(CheckStatus status) {
        this.status = status;
    }

    /** Returns the status that the API documents. */
    public CheckStatus status() {
        return status;
    }

    /**
     * Returns the points that this outcome earns.
     *
     * @param points the maximum number of points of the check
     * @return the earned points, in half points
     */
    public int earnedHalfPoints(int points) {
        return switch (this) {
            case PASS, NOTHING_TO_PROTECT -> 2 * points;
            case WARN -> points;
            case FAIL, NOT_APPLICABLE, NOT_CHECKED, INFO -> 0;
        };
    }

    /**
     * Returns the points that the check could have earned.
     *
     * @param points the maximum number of points of the check
     * @return the available points, in half points
     */
    public int availableHalfPoints(int points) {
        return switch (this) {
            case PASS, WARN, FAIL, NOTHING_TO_PROTECT -> 2 * points;
            case NOT_APPLICABLE, NOT_CHECKED, INFO -> 0;
        };
    }

    /** Returns whether this outcome is a finding that requires action. */
    public boolean isFinding() {
        return this == WARN || this == FAIL;
    }
}
