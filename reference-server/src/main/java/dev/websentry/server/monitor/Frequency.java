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

/** How often a monitor runs. Its triggers are at 06:00 UTC: of every day, of every Monday, of the first of every month. */
public enum Frequency {
    DAILY,
    WEEKLY,
    MONTHLY;

    private static final LocalTime HOUR = LocalTime.of(6, 0);

    /** The first trigger after a moment. */
    public Instant nextAfter(Instant moment) {
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

    /** The last trigger at or before a moment: the one to make up when several were missed. */
    public Instant lastBy(Instant moment) {
        LocalDate day = day(moment);
        LocalDate last = at(day).isAfter(moment) ? day.minusDays(1) : day;
        return at(
                switch (this) {
                    case DAILY -> last;
                    case WEEKLY -> last.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case MONTHLY -> last.withDayOfMonth(1);
                });
    }

    /** As it is stored, shown and typed. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such frequency; the message names the input
     */
    public static Frequency parse(String text) {
        return Arrays.stream(values())
                .filter(frequency -> frequency.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a frequency: expected one of "
                        + Arrays.stream(values()).map(Frequency::wire).collect(Collectors.joining(", "))));
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    private static Instant at(LocalDate day) {
        return day.atTime(HOUR).toInstant(ZoneOffset.UTC);
    }
}
