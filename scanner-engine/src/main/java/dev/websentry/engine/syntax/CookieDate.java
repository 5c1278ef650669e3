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

/** The date of a cookie's Expires attribute, which browsers read in any order of its parts (RFC 6265bis section 5.1.1). */
final class CookieDate {
    private static final Pattern DELIMITER = Pattern.compile("[\\x09\\x20-\\x2f\\x3b-\\x40\\x5b-\\x60\\x7b-\\x7e]+");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\D.*)?");
    private static final Pattern DAY = Pattern.compile("(\\d{1,2})(?:\\D.*)?");
    private static final Pattern YEAR = Pattern.compile("(\\d{2,4})(?:\\D.*)?");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private CookieDate() {}

    /** Empty when it is no date to a browser. */
    static Optional<Instant> parse(String text) {
        Matcher time = null;
        int day = -1;
        int month = -1;
        int year = -1;
        for (String token : DELIMITER.splitAsStream(text).toList()) {
            Matcher clock = TIME.matcher(token);
            if (time == null && clock.matches()) {
                time = clock;
            } else if (day < 0 && DAY.matcher(token).matches()) {
                day = number(DAY, token);
            } else if (month < 0 && month(token) > 0) {
                month = month(token);
            } else if (year < 0 && YEAR.matcher(token).matches()) {
                year = fourDigits(number(YEAR, token));
            }
        }
        if (time == null || year < 1601) {
            return Optional.empty();
        }
        try {
            LocalDateTime date = LocalDateTime.of(year, month, day, part(time, 1), part(time, 2), part(time, 3));
            return Optional.of(date.toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int month(String token) {
        return token.length() < 3 ? -1 : MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }

    private static int fourDigits(int year) {
        if (year >= 70 && year <= 99) {
            return year + 1900;
        }
        return year <= 69 ? year + 2000 : year;
    }

    private static int number(Pattern pattern, String token) {
        Matcher matcher = pattern.matcher(token);
        return matcher.matches() ? part(matcher, 1) : -1;
    }

    private static int part(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
