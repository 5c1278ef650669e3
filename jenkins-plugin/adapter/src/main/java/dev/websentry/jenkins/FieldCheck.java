package dev.websentry.jenkins;

import dev.websentry.engine.job.InvalidOptionException;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.RawOptions;
import dev.websentry.engine.job.ScanRequest;
import dev.websentry.engine.report.Grade;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one field of a form, by the rules of the engine itself. Touches neither network nor files: those are
 * the agent's, and the form is looked at on the controller.
 */
public final class FieldCheck {
    private static final Set<Option> ON_THE_AGENT = EnumSet.of(
            Option.BASELINE,
            Option.WAIVERS,
            Option.OUTPUT_DIRECTORY,
            Option.CA_CERTIFICATES,
            Option.TRUST_ANCHOR,
            Option.CLIENT_KEY_STORE,
            Option.RECORD,
            Option.OBSERVATIONS);

    private FieldCheck() {}

    /** The problem in one line; empty when there is none, and for a text that a build's variables are yet to complete. */
    public static Optional<String> of(Option option, List<String> values) {
        if (ON_THE_AGENT.contains(option) || values.stream().anyMatch(value -> value.contains("$"))) {
            return Optional.empty();
        }
        RawOptions texts = new RawOptions(Option::key).set(Option.OUTPUT_DIRECTORY, ".");
        if (option != Option.URL && option != Option.URLS) {
            texts.set(Option.URL, "www.example.com");
        } else if (values.stream().allMatch(String::isBlank)) {
            return Optional.empty();
        }
        try {
            ScanRequest.parse(texts.set(option, values));
            return Optional.empty();
        } catch (InvalidOptionException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The same for one text. */
    public static Optional<String> of(Option option, @Nullable String text) {
        return of(option, text == null ? List.of() : List.of(text));
    }

    /** What is wrong with {@code unstableBelow}, seen beside {@code failBelow}. */
    public static Optional<String> unstableBelow(@Nullable String unstable, @Nullable String fail) {
        if (unstable == null || unstable.isBlank() || unstable.contains("$")) {
            return Optional.empty();
        }
        Optional<Grade> stable = Grade.ofLabel(unstable);
        if (stable.isEmpty()) {
            return Optional.of(
                    "unstableBelow: '" + unstable.strip() + "' is not a grade: expected one of A+, A, B, C, D, F");
        }
        Optional<Grade> passing = fail == null ? Optional.empty() : Grade.ofLabel(fail);
        return passing.isPresent() && passing.get().minScore() >= stable.get().minScore()
                ? Optional.of("unstableBelow: " + stable.get().label() + " is not above failBelow "
                        + passing.get().label() + ", so nothing would ever be unstable")
                : Optional.empty();
    }

    static void requireSense(ScanSettings settings) throws InvalidSettingException {
        String fail = settings.texts(Option.FAIL_BELOW).stream().findFirst().orElse(null);
        Optional<String> problem = unstableBelow(settings.unstableBelow().orElse(null), fail);
        if (problem.isPresent()) {
            throw new InvalidSettingException(problem.get());
        }
    }
}
