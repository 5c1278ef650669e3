package dev.websentry.engine.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The documented grading scale, best first. */
public enum Grade {
    A_PLUS("A+", 90),
    A("A", 80),
    B("B", 70),
    C("C", 60),
    D("D", 50),
    F("F", 0);

    private final String label;
    private final int lowestScore;

    Grade(String label, int lowestScore) {
        this.label = label;
        this.lowestScore = lowestScore;
    }

    public String label() {
        return label;
    }

    /** The lowest score, 0 to 100, that earns this grade. */
    public int lowestScore() {
        return lowestScore;
    }

    public static Grade ofScore(int score) {
        return Arrays.stream(values())
                .filter(grade -> score >= grade.lowestScore)
                .findFirst()
                .orElse(F);
    }

    /** The grade of that label, without regard to case. */
    public static Optional<Grade> ofLabel(String label) {
        String wanted = label.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(grade -> grade.label.equals(wanted))
                .findFirst();
    }

    /**
     * The grade of that label.
     *
     * @throws IllegalArgumentException when there is none; the message names the input and the grades
     */
    public static Grade parse(String label) {
        return ofLabel(label)
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is not a grade: expected one of "
                        + Arrays.stream(values()).map(Grade::label).collect(Collectors.joining(", "))));
    }
}
