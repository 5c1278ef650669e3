package dev.websentry.engine.gate;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.report.Grade;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one category must reach.
 *
 * @param wanted as it was typed, for messages
 * @param percent the lowest share of the category's points that passes, 0 to 100
 */
public record CategoryMinimum(Category category, String wanted, int percent) {
    /**
     * Reads {@code ssl=A,headers=80}: per category key a grade or a percentage.
     *
     * @throws IllegalArgumentException when an entry is not of that form; the message names it
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
        String wanted = entry.substring(equals + 1).strip();
        Category category = Arrays.stream(Category.values())
                .filter(candidate -> candidate.key().equals(key))
                .findFirst()
                .orElseThrow(() -> wrong(entry));
        String number =
                wanted.endsWith("%") ? wanted.substring(0, wanted.length() - 1).strip() : wanted;
        if (number.matches("\\d{1,3}") && Integer.parseInt(number) <= 100) {
            return new CategoryMinimum(category, number + " %", Integer.parseInt(number));
        }
        Grade grade = Grade.ofLabel(wanted).orElseThrow(() -> wrong(entry));
        return new CategoryMinimum(category, grade.label(), grade.lowestScore());
    }

    private static IllegalArgumentException wrong(String entry) {
        return new IllegalArgumentException("'" + entry + "' is not a category minimum: expected one of "
                + Arrays.stream(Category.values()).map(Category::key).collect(Collectors.joining(", "))
                + ", then = and a grade or a percentage, such as ssl=A,headers=80");
    }
}
