package dev.websentry.engine.gate;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.report.Grade;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The minimum that one category must reach to pass the quality gate.
 *
 * @param label the minimum for messages: a grade, or a percentage such as {@code 80%}
 * @param percent the lowest share of the category's points that passes, 0 to 100
 */
public record CategoryMinimum(CheckCategory category, String label, int percent) {
    /**
     * Parses a list such as {@code ssl=A,headers=80}: a grade or a percentage for each category key.
     *
     * @param text entries separated by commas; blank entries are ignored
     * @return the minimums in the order of the entries
     * @throws IllegalArgumentException if an entry is malformed; the message contains the entry
     */
    public static List<CategoryMinimum> parseAll(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(CategoryMinimum::parse)
                .toList();
    }

    private static CategoryMinimum parse(String entry) {
        int equals = entry.indexOf('=');
        String key = entry.substring(0, Math.max(0, equals)).strip();
        String required = entry.substring(equals + 1).strip();
        CheckCategory category = CheckCategory.ofKey(key).orElseThrow(() -> malformed(entry));
        String number = required.endsWith("%")
                ? required.substring(0, required.length() - 1).strip()
                : required;
        if (number.matches("\\d{1,3}") && Integer.parseInt(number) <= 100) {
            return new CategoryMinimum(category, number + "%", Integer.parseInt(number));
        }
        Grade grade = Grade.ofLabel(required).orElseThrow(() -> malformed(entry));
        return new CategoryMinimum(category, grade.label(), grade.minScore());
    }

    private static IllegalArgumentException malformed(String entry) {
        return new IllegalArgumentException("invalid category minimum \"" + entry
                + "\"; use <category>=<grade or percentage>, such as ssl=A,headers=80; the categories are "
                + Arrays.stream(CheckCategory.values()).map(CheckCategory::key).collect(Collectors.joining(", ")));
    }
}
