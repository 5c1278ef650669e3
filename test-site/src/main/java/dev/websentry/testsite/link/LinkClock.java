package dev.websentry.testsite.link;

import java.io.IOException;
import java.nio.channels.Selector;

/** What passes while a message is on its way. */
interface LinkClock {
    long now();

    /** What one round trip takes. */
    long roundTrip();

    /**
     * Waits until something can be read or the next message is due.
     *
     * @param due when that is; {@link Long#MAX_VALUE} when nothing is on its way
     */
    void await(Selector selector, long due) throws IOException;
}
