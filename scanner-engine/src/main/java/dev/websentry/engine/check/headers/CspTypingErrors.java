package dev.websentry.engine.check.headers;

import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.csp.CspPolicy;
import dev.websentry.engine.syntax.csp.CspSourceList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds parts of a policy that browsers ignore or understand differently from what was probably meant. */
final class CspTypingErrors {
    private CspTypingErrors() {}

    /** Returns descriptions of the typing errors of one policy. */
    static List<String> of(CspPolicy policy) {
        List<String> errors = new ArrayList<>();
        add(
                errors,
                "unknown directive: ",
                policy.unknownDirectives().stream()
                        .map(CspTypingErrors::withKnownDirective)
                        .toList());
        add(errors, "duplicate directive, only the first one applies: ", List.copyOf(policy.duplicateDirectives()));
        add(
                errors,
                "browsers skip directives with non-ASCII characters: ",
                policy.skippedDirectives().stream()
                        .map(CspTypingErrors::withProbableMeaning)
                        .toList());
        add(errors, "a semicolon is probably missing before ", policy.directivesWithinValues());
        add(
                errors,
                "without single quotes browsers take these for hosts or ignore them: ",
                policy.sourceLists().values().stream()
                        .flatMap(list -> list.expressions().stream())
                        .flatMap(expression -> CspSourceList.probablyMeant(expression)
                                .map(meant -> expression + " (probably meant " + meant + ")")
                                .stream())
                        .distinct()
                        .toList());
        return errors;
    }

    /** Adds what was probably meant to a directive that browsers skip, such as one with curly quotes. */
    static String withProbableMeaning(String directive) {
        List<String> meant = Stream.of(directive.split("\\s+", -1))
                .flatMap(token -> CspSourceList.probablyMeant(token).stream())
                .toList();
        return meant.isEmpty()
                ? Excerpt.inSentence(directive)
                : Excerpt.inSentence(directive) + " (probably meant " + String.join(" ", meant) + ")";
    }

    private static String withKnownDirective(String name) {
        String letters = name.replaceAll("[^a-z-].*", "");
        Optional<String> meant = Optional.of(letters.toLowerCase(Locale.ROOT)).filter(CspPolicy::isKnownDirective);
        return Excerpt.inSentence(name)
                + meant.map(known -> " (probably meant " + known + ")").orElse("");
    }

    private static void add(List<String> errors, String description, List<String> parts) {
        if (!parts.isEmpty()) {
            errors.add(description + Excerpt.joinFirst(parts));
        }
    }
}
