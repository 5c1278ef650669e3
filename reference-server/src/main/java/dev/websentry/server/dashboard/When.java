package dev.websentry.server.dashboard;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A moment on a page: in UTC for everybody; the browser adds the reader's own time.
 *
 * @param iso for the {@code datetime} attribute
 * @param text for people
 */
record When(String iso, String text) {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    static When of(Instant moment) {
        return new When(moment.toString(), TEXT.format(moment));
    }

    /** As the API writes it: UTC to the second, without a zone. */
    static @Nullable When ofSeconds(@Nullable String seconds) {
        return seconds == null ? null : of(LocalDateTime.parse(seconds).toInstant(ZoneOffset.UTC));
    }
}
