package dev.websentry.server.dashboard;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A time as pages show it: in UTC. A script adds the reader's local time as a tooltip.
 *
 * @param iso ISO 8601, for the {@code datetime} attribute
 * @param text the text that the page shows
 */
record DisplayTime(String iso, String text) {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter TEXT_WITH_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private static final int DATE_LENGTH = 10;

    static DisplayTime of(Instant moment) {
        return new DisplayTime(moment.toString(), TEXT.format(moment));
    }

    /** Returns the same time with seconds in its text, for lists in which several times have the same minute. */
    DisplayTime withSeconds() {
        return new DisplayTime(iso, TEXT_WITH_SECONDS.format(Instant.parse(iso)));
    }

    /** Returns the date, such as {@code 2026-02-14}. */
    public String date() {
        return text.substring(0, DATE_LENGTH);
    }

    /**
     * Converts a timestamp of the API.
     *
     * @param seconds UTC with a precision of seconds and without a zone; may be null
     * @return null if the timestamp is null
     */
    static @Nullable DisplayTime ofApiTimestamp(@Nullable String seconds) {
        return seconds == null ? null : of(LocalDateTime.parse(seconds).toInstant(ZoneOffset.UTC));
    }
}
