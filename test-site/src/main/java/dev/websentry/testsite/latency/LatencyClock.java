package dev.websentry.testsite.latency;

import java.io.IOException;
import java.nio.channels.Selector;

/** Measures time while messages are in transit, in real time or in round trips. */
interface LatencyClock {
    /** Returns the current time. */
    long now();

    /** Returns the duration of one round trip. */
    long roundTrip();

    /**
     * Waits until a channel is readable or the next message is due.
     *
     * @param selector selector of the channels
     * @param due time when the next message is due; {@link Long#MAX_VALUE} if no message is in transit
     * @throws IOException if the selector fails
     */
    void await(Selector selector, long due) throws IOException;
}
