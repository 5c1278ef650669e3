package dev.websentry.jenkins;

import dev.websentry.engine.job.InvalidOptionException;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.OptionKind;
import dev.websentry.engine.job.RawOptions;
import dev.websentry.engine.job.ScanRequest;
import dev.websentry.engine.report.Grade;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Validates the fields of a form with the parsers of the engine. Uses neither the network nor files: paths and
 * addresses are those of the agent, and forms are validated on the controller.
 */
public final class FieldValidation {
    /** The root stores that are not files. */
    static final Set<String> ROOT_STORES = Set.of("browsers", "jdk");

    /** A character of a path or of a variable. */
    private static final Pattern PATH = Pattern.compile("[./\\\\$]");

    private FieldValidation() {}

    /**
     * Validates the value of an option.
     *
     * @return the problem in one line, without the name of the option; empty if there is none, and for a text with
     *     variables, which are expanded in the build
     */
    public static Optional<String> of(Option option, List<String> values) {
        if (option == Option.ROOT_STORE) {
            return values.stream().flatMap(value -> rootStore(value).stream()).findFirst();
        }
        if (option.type().kind() == OptionKind.FILE || values.stream().anyMatch(value -> value.contains("$"))) {
            return Optional.empty();
        }
        RawOptions raw = new RawOptions(Option::key).set(Option.OUTPUT_DIRECTORY, ".");
        if (option != Option.URL && option != Option.URLS) {
            raw.set(Option.URL, "www.example.com");
        } else if (values.stream().allMatch(String::isBlank)) {
            return Optional.empty();
        }
        try {
            ScanRequest.parse(raw.set(option, values));
            return Optional.empty();
        } catch (InvalidOptionException e) {
            return Optional.of(withoutName(option, String.valueOf(e.getMessage())));
        }
    }

    /** A text that does not look like a path is a mistyped name: the file of a path is on the agent. */
    private static Optional<String> rootStore(String value) {
        String text = value.strip();
        boolean known = text.isEmpty() || ROOT_STORES.contains(text);
        return known || PATH.matcher(text).find()
                ? Optional.empty()
                : Optional.of("Unknown root store \"" + text + "\"; use browsers, jdk, or the path of a PEM file");
    }

    /** The title of the field names the option already. */
    private static String withoutName(Option option, String message) {
        String prefix = option.key() + ": ";
        String problem = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        return problem.substring(0, 1).toUpperCase(Locale.ROOT) + problem.substring(1);
    }

    /** Validates the value of an option that is one text. */
    public static Optional<String> of(Option option, @Nullable String text) {
        return of(option, text == null ? List.of() : List.of(text));
    }

    /** Validates {@code unstableBelow} together with {@code failBelow}. */
    public static Optional<String> unstableBelow(@Nullable String unstable, @Nullable String fail) {
        if (unstable == null || unstable.isBlank() || unstable.contains("$")) {
            return Optional.empty();
        }
        Optional<Grade> stable = Grade.ofLabel(unstable);
        if (stable.isEmpty()) {
            return Optional.of("unknown grade \"" + unstable.strip() + "\"; use A+, A, B, C, D or F");
        }
        Optional<Grade> passing = fail == null ? Optional.empty() : Grade.ofLabel(fail);
        return passing.isPresent() && passing.get().minScore() >= stable.get().minScore()
                ? Optional.of(stable.get().label() + " is not above the failing grade "
                        + passing.get().label() + ", so no build would be unstable; use a higher grade")
                : Optional.empty();
    }

    /** Validates the combination of settings that only Jenkins has. */
    static void validate(ScanSettings settings) throws InvalidSettingException {
        String fail = settings.texts(Option.FAIL_BELOW).stream().findFirst().orElse(null);
        Optional<String> problem = unstableBelow(settings.unstableBelow().orElse(null), fail);
        if (problem.isPresent()) {
            throw new InvalidSettingException("unstableBelow: " + problem.get());
        }
    }
}
