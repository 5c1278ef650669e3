package dev.websentry.server.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The server's clock: the real one, until a test moves it. */
public final class SettableClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    /** From now on it is this moment, and goes on from there. */
    public void set(Instant now) {
        ahead = Duration.between(Instant.now(), now);
    }

    public void advance(Duration more) {
        ahead = ahead.plus(more);
    }

    public void reset() {
        ahead = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), ahead);
    }
}
