package dev.websentry.engine.check;

/**
 * A limit that a severe finding sets on the score.
 *
 * @param limit the highest possible score, 0 to 100
 * @param reason why the score is capped; shown in the report
 */
public record CheckScoreCap(int limit, String reason) {
    /** Limits the grade to F: no HTTPS, an unacceptable certificate, broken cryptography or an exposed secret. */
    public static final int MAX_FOR_GRADE_F = 49;
    /** Limits the grade to C. */
    public static final int MAX_FOR_GRADE_C = 69;
    /** Limits the grade to B. */
    public static final int MAX_FOR_GRADE_B = 79;
    /** Limits the grade to A. */
    public static final int MAX_FOR_GRADE_A = 89;
}
