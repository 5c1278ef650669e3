package dev.websentry.engine.syntax;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the date of a cookie's {@code Expires} attribute with the lenient algorithm of browsers (RFC 6265bis section
 * 5.1.1).
 */
public final class CookieDate {
    private static final Pattern DELIMITERS = Pattern.compile("[\\x09\\x20-\\x2f\\x3b-\\x40\\x5b-\\x60\\x7b-\\x7e]+");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(\\D.*)?", Pattern.DOTALL);
    private static final Pattern DAY = Pattern.compile("(\\d{1,2})(\\D.*)?", Pattern.DOTALL);
    private static final Pattern YEAR = Pattern.compile("(\\d{2,4})(\\D.*)?", Pattern.DOTALL);
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private int[] time = {};
    private int day = -1;
    private int month = -1;
    private int year = -1;

    private CookieDate() {}

    /**
     * Parses a cookie date.
     *
     * @param text value of the attribute
     * @return the point in time; empty if a browser would ignore the attribute
     */
    public static Optional<Instant> parse(String text) {
        CookieDate date = new CookieDate();
        for (String token : DELIMITERS.split(text, -1)) {
            date.assign(token);
        }
        return date.instant();
    }

    /** Assigns a token to the first field that is still missing and that the token matches, in the order of the RFC. */
    private void assign(String token) {
        Matcher matcher = TIME.matcher(token);
        if (time.length == 0 && matcher.matches()) {
            time = new int[] {number(matcher, 1), number(matcher, 2), number(matcher, 3)};
            return;
        }
        matcher = DAY.matcher(token);
        if (day < 0 && matcher.matches()) {
            day = number(matcher, 1);
            return;
        }
        int found =
                token.length() < 3 ? -1 : MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT));
        if (month < 0 && found >= 0) {
            month = found + 1;
            return;
        }
        matcher = YEAR.matcher(token);
        if (year < 0 && matcher.matches()) {
            year = number(matcher, 1);
        }
    }

    private Optional<Instant> instant() {
        if (time.length == 0 || day < 0 || month < 0 || year < 0) {
            return Optional.empty();
        }
        int fullYear = year;
        if (year >= 70 && year <= 99) {
            fullYear = year + 1900;
        } else if (year <= 69) {
            fullYear = year + 2000;
        }
        if (fullYear < 1601) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(fullYear, month, day, time[0], time[1], time[2])
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
