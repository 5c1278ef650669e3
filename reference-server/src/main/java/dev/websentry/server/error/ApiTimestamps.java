package dev.websentry.server.error;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Formats timestamps for the API. */
public final class ApiTimestamps {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private ApiTimestamps() {}

    /** Formats a time in UTC, truncated to seconds and without a zone, such as {@code 2026-02-14T12:00:00}. */
    public static String format(Instant moment) {
        return SECONDS.format(moment);
    }
}
