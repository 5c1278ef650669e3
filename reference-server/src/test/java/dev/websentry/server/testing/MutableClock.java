package dev.websentry.server.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A clock that shows the real time until a test moves it. */
public final class MutableClock extends Clock {
    private volatile Duration offset = Duration.ZERO;

    /** Sets the current time; the clock continues from there. */
    public void set(Instant now) {
        offset = Duration.between(Instant.now(), now);
    }

    public void advance(Duration more) {
        offset = offset.plus(more);
    }

    /** Moves to the start of the next hour, so that no period of a limit ends during a test. */
    public void advanceToNextHour() {
        set(instant().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS));
    }

    public void reset() {
        offset = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), offset);
    }
}
