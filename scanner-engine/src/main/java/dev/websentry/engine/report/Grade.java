package dev.websentry.engine.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The documented grades, best first. */
public enum Grade {
    A_PLUS("A+", 90),
    A("A", 80),
    B("B", 70),
    C("C", 60),
    D("D", 50),
    F("F", 0);

    private final String label;
    private final int minScore;

    Grade(String label, int lowestScore) {
        this.label = label;
        this.minScore = lowestScore;
    }

    public String label() {
        return label;
    }

    /** Returns the lowest score, 0 to 100, that earns this grade. */
    public int minScore() {
        return minScore;
    }

    /** Returns the grade of a score from 0 to 100. */
    public static Grade ofScore(int score) {
        return Arrays.stream(values())
                .filter(grade -> score >= grade.minScore)
                .findFirst()
                .orElse(F);
    }

    /** Returns the grade with this label, ignoring case; empty if there is no such grade. */
    public static Optional<Grade> ofLabel(String label) {
        String upperCase = label.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(grade -> grade.label.equals(upperCase))
                .findFirst();
    }

    /**
     * Returns the grade with this label, ignoring case.
     *
     * @throws IllegalArgumentException if there is no such grade; the message contains the input and all grades
     */
    public static Grade parse(String label) {
        return ofLabel(label)
                .orElseThrow(() -> new IllegalArgumentException("unknown grade \"" + label + "\"; use "
                        + Arrays.stream(values())
                                .filter(grade -> grade != F)
                                .map(Grade::label)
                                .collect(Collectors.joining(", "))
                        + " or " + F.label()));
    }
}
