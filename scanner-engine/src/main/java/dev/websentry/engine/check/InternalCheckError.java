package dev.websentry.engine.check;

import java.util.Arrays;
import java.util.List;

/**
 * Describes a check that ended with an unchecked exception. This is a defect of the scanner, not a property of the
 * site. Texts contain the class and the origin of the exception, but not its message, which may quote the site.
 */
public final class InternalCheckError {
    /** What the user should do about an internal error. */
    public static final String ADVICE = "this is a defect of WebSentry, please report it with this message";

    private static final String PHRASE = "internal error: ";
    private static final String NOT_OBSERVED_PREFIX = "Not observed: ";
    private static final String OWN_PACKAGES = "dev.websentry.";
    private static final int MAX_FRAMES = 12;

    private InternalCheckError() {}

    /**
     * Returns the verdict of a check that ended with an exception.
     *
     * @param definition the definition of the check
     * @param cause the unchecked exception
     * @return NOT_CHECKED, or INFO for a check without points
     */
    static CheckVerdict verdict(CheckDefinition definition, Throwable cause) {
        String reason = PHRASE + origin(cause) + " in check " + definition.id() + "; " + ADVICE;
        CheckVerdict verdict = definition.points() == 0
                ? CheckVerdict.info(NOT_OBSERVED_PREFIX + reason)
                : CheckVerdict.notChecked(reason);
        return verdict.evidence(frames(cause));
    }

    /** Returns the class of an exception and the line of WebSentry in which it occurred. */
    public static String origin(Throwable cause) {
        return cause.getClass().getName()
                + Arrays.stream(cause.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith(OWN_PACKAGES))
                        .findFirst()
                        .map(frame -> " at " + frame)
                        .orElse("");
    }

    /** Returns whether a value of a report is that of a check that ended with an exception. */
    public static boolean isValueOfError(String value) {
        return value.startsWith(CheckVerdict.NOT_CHECKED_PREFIX + PHRASE)
                || value.startsWith(NOT_OBSERVED_PREFIX + PHRASE);
    }

    private static List<String> frames(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .limit(MAX_FRAMES)
                .map(frame -> "at " + frame)
                .toList();
    }
}
