package dev.websentry.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FrequencyTest {
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2032, 12, 31);

    /** Computes the triggers day by day, independently of the implementation. */
    private static List<Instant> triggers(Frequency frequency) {
        List<Instant> triggers = new ArrayList<>();
        for (LocalDate day = FIRST.minusDays(40); day.isBefore(LAST.plusDays(40)); day = day.plusDays(1)) {
            boolean due = switch (frequency) {
                case DAILY -> true;
                case WEEKLY -> day.getDayOfWeek() == DayOfWeek.MONDAY;
                case MONTHLY -> day.getDayOfMonth() == 1;
            };
            if (due) {
                triggers.add(day.atTime(LocalTime.of(6, 0)).toInstant(ZoneOffset.UTC));
            }
        }
        return triggers;
    }

    @ParameterizedTest
    @EnumSource
    void triggersFollowEachOtherOverNineYears(Frequency frequency) {
        List<Instant> triggers = triggers(frequency);
        for (int i = 1; i < triggers.size() - 1; i++) {
            Instant trigger = triggers.get(i);
            assertEquals(triggers.get(i + 1), frequency.nextTrigger(trigger));
            assertEquals(trigger, frequency.nextTrigger(trigger.minusMillis(1)));
            assertEquals(trigger, frequency.previousOrSameTrigger(trigger));
            assertEquals(triggers.get(i - 1), frequency.previousOrSameTrigger(trigger.minusMillis(1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTimeIsBetweenItsPreviousAndNextTrigger(Frequency frequency) {
        Instant end = LAST.atStartOfDay().toInstant(ZoneOffset.UTC);
        for (Instant moment = FIRST.atStartOfDay().toInstant(ZoneOffset.UTC);
                moment.isBefore(end);
                moment = moment.plus(Duration.ofMinutes(437))) {
            Instant next = frequency.nextTrigger(moment);
            Instant last = frequency.previousOrSameTrigger(moment);
            assertTrue(next.isAfter(moment) && !last.isAfter(moment), moment + ": " + last + ", " + next);
            assertEquals(next, frequency.nextTrigger(last), moment.toString());
            ZonedDateTime at = next.atZone(ZoneOffset.UTC);
            assertEquals(LocalTime.of(6, 0), at.toLocalTime());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DAILY,   2028-02-28T06:00:00Z, 2028-02-29T06:00:00Z",
        "DAILY,   2027-12-31T23:59:59Z, 2028-01-01T06:00:00Z",
        // 2026-02-16 is a Monday.
        "WEEKLY,  2026-02-14T12:00:00Z, 2026-02-16T06:00:00Z",
        "WEEKLY,  2026-02-16T05:59:59Z, 2026-02-16T06:00:00Z",
        "WEEKLY,  2026-02-16T06:00:00Z, 2026-02-23T06:00:00Z",
        "WEEKLY,  2026-12-30T00:00:00Z, 2027-01-04T06:00:00Z",
        "MONTHLY, 2026-01-31T07:00:00Z, 2026-02-01T06:00:00Z",
        "MONTHLY, 2026-02-01T05:00:00Z, 2026-02-01T06:00:00Z",
        "MONTHLY, 2026-12-01T06:00:00Z, 2027-01-01T06:00:00Z"
    })
    void nextTriggerIsTheDocumentedOne(Frequency frequency, Instant moment, Instant next) {
        assertEquals(next, frequency.nextTrigger(moment));
    }

    @Test
    void unknownFrequencyIsRejectedWithTheKnownOnes() {
        assertEquals(
                "Unknown frequency 'hourly'; use one of daily, weekly, monthly",
                assertThrows(IllegalArgumentException.class, () -> Frequency.parse("hourly"))
                        .getMessage());
    }
}
