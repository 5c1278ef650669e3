package dev.websentry.server.alert;

import java.util.Locale;

/** How an alert reaches the owner of a monitor. Each channel records on its own which alerts were sent. */
enum AlertChannel {
    EMAIL,
    WEBHOOK;

    /** Returns the name in the database. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
