package dev.websentry.server.auth;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Formats the time at which a link expires, for e-mails. */
final class LinkExpiry {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private LinkExpiry() {}

    static String format(Instant time) {
        return TEXT.format(time);
    }
}
