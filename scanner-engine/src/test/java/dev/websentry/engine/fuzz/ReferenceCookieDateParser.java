package dev.websentry.engine.fuzz;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * Reference implementation of RFC 6265bis section 5.1.1 without regular expressions, to compare with the parser of the
 * engine.
 */
final class ReferenceCookieDateParser {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private int[] time = {};
    private int day = -1;
    private int month = -1;
    private int year = -1;

    private ReferenceCookieDateParser() {}

    static Optional<Instant> parse(String text) {
        ReferenceCookieDateParser date = new ReferenceCookieDateParser();
        int at = 0;
        while (at < text.length()) {
            int begin = at;
            while (at < text.length() && !isDelimiter(text.charAt(at))) {
                at++;
            }
            if (at > begin) {
                date.assign(text.substring(begin, at));
            }
            at++;
        }
        return date.instant();
    }

    private static boolean isDelimiter(char c) {
        return c == 0x09
                || (c >= 0x20 && c <= 0x2f)
                || (c >= 0x3b && c <= 0x40)
                || (c >= 0x5b && c <= 0x60)
                || (c >= 0x7b && c <= 0x7e);
    }

    private void assign(String token) {
        int[] clock = clock(token);
        int leading = digits(token, 0);
        int named =
                token.length() < 3 ? -1 : MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT));
        if (time.length == 0 && clock.length == 3) {
            time = clock;
        } else if (day < 0 && (leading == 1 || leading == 2)) {
            day = Integer.parseInt(token.substring(0, leading));
        } else if (month < 0 && named >= 0 && named % 3 == 0) {
            month = named / 3 + 1;
        } else if (year < 0 && leading >= 2 && leading <= 4) {
            year = Integer.parseInt(token.substring(0, leading));
        }
    }

    /** Parses an hms-time, which must not be followed by a digit. */
    private static int[] clock(String token) {
        int[] fields = new int[3];
        int at = 0;
        for (int field = 0; field < 3; field++) {
            int count = digits(token, at);
            if (count < 1 || count > 2) {
                return new int[0];
            }
            fields[field] = Integer.parseInt(token.substring(at, at + count));
            at += count;
            if (field < 2 && (at >= token.length() || token.charAt(at++) != ':')) {
                return new int[0];
            }
        }
        return fields;
    }

    private static int digits(String token, int from) {
        int at = from;
        while (at < token.length() && token.charAt(at) >= '0' && token.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    private Optional<Instant> instant() {
        if (time.length == 0 || day < 0 || month < 0 || year < 0) {
            return Optional.empty();
        }
        int full = year > 99 ? year : year + (year < 70 ? 2000 : 1900);
        try {
            return full < 1601
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.of(full, month, day, time[0], time[1], time[2])
                            .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
