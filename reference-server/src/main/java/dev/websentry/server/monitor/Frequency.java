package dev.websentry.server.monitor;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How often a monitor runs. Triggers are at 06:00 UTC: every day, every Monday, or on the first day of every month. */
public enum Frequency {
    /** Every day. */
    DAILY,
    /** Every Monday. */
    WEEKLY,
    /** On the first day of every month. */
    MONTHLY;

    private static final LocalTime TRIGGER_TIME = LocalTime.of(6, 0);

    /** Returns the first trigger after a time. */
    public Instant nextTrigger(Instant moment) {
        LocalDate day = day(moment);
        LocalDate first = at(day).isAfter(moment) ? day : day.plusDays(1);
        return at(
                switch (this) {
                    case DAILY -> first;
                    case WEEKLY -> first.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
                    case MONTHLY ->
                        first.getDayOfMonth() == 1 ? first : first.with(TemporalAdjusters.firstDayOfNextMonth());
                });
    }

    /** Returns the last trigger at or before a time. If several triggers were missed, only this one is executed. */
    public Instant previousOrSameTrigger(Instant moment) {
        LocalDate day = day(moment);
        LocalDate last = at(day).isAfter(moment) ? day.minusDays(1) : day;
        return at(
                switch (this) {
                    case DAILY -> last;
                    case WEEKLY -> last.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case MONTHLY -> last.withDayOfMonth(1);
                });
    }

    /** Returns the name in lower case, as it is stored in the database and used in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses the lower-case name of a frequency.
     *
     * @throws IllegalArgumentException if the frequency does not exist; the message contains the input
     */
    public static Frequency parse(String text) {
        return Arrays.stream(values())
                .filter(frequency -> frequency.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown frequency '" + text + "'; use one of "
                        + Arrays.stream(values()).map(Frequency::wireName).collect(Collectors.joining(", "))));
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    private static Instant at(LocalDate day) {
        return day.atTime(TRIGGER_TIME).toInstant(ZoneOffset.UTC);
    }
}
