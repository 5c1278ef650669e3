package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Duration NO_WAIT = Duration.ZERO;

    private static void assertWaits(Places.Ticket ticket) {
        assertEquals(
                ErrorCode.BUSY,
                assertThrows(ApiException.class, () -> ticket.await(NO_WAIT)).code());
    }

    @Test
    void runningAndQueuedScansAreBounded() throws Exception {
        Places places = new Places(2, 2);
        Places.Ticket first = places.enter("a");
        first.await(NO_WAIT);
        places.enter("b").await(NO_WAIT);
        Places.Ticket third = places.enter("c");
        assertWaits(third);
        places.enter("d");
        assertEquals(
                503, assertThrows(ApiException.class, () -> places.enter("e")).status());
        assertEquals(2, places.running());
        assertEquals(2, places.waiting());
        first.close();
        first.close();
        third.await(NO_WAIT);
        assertEquals(2, places.running());
    }

    @Test
    void aCallerGetsAtMostHalfOfThePermitsAndAQuarterOfTheQueue() throws Exception {
        Places places = new Places(4, 8);
        List<Places.Ticket> greedy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            greedy.add(places.enter("greedy"));
        }
        greedy.get(1).await(NO_WAIT);
        assertWaits(greedy.get(2));
        assertEquals(2, places.running(), "two permits stay free");
        assertThrows(ApiException.class, () -> places.enter("greedy"));
        places.enter("other").await(NO_WAIT);
        greedy.get(0).close();
        greedy.get(2).await(NO_WAIT);
    }

    @Test
    void aFreePermitGoesToTheCallerWithTheFewestRunningScans() throws Exception {
        Places places = new Places(2, 40);
        Places.Ticket one = places.enter("a");
        Places.Ticket two = places.enter("b");
        Places.Ticket early = places.enter("a");
        Places.Ticket late = places.enter("c");
        two.close();
        late.await(NO_WAIT);
        assertWaits(early);
        one.close();
        early.await(NO_WAIT);
    }

    @Test
    void aScanThatLeavesTheQueueGetsNoPermit() throws Exception {
        Places places = new Places(1, 4);
        Places.Ticket running = places.enter("a");
        Places.Ticket gone = places.enter("b");
        Places.Ticket next = places.enter("c");
        gone.close();
        running.close();
        next.await(NO_WAIT);
        next.close();
        assertEquals(0, places.running());
        assertEquals(0, places.waiting());
    }

    @Test
    void backgroundScansDoNotCountAgainstTheQueueBound() throws Exception {
        Places places = new Places(2, 1);
        for (int i = 0; i < 10; i++) {
            places.enterBeside("monitors");
        }
        assertEquals(1, places.running());
        places.enter("a").await(NO_WAIT);
        places.enter("b");
        assertThrows(ApiException.class, () -> places.enter("c"));
    }

    @Test
    void closingReportsWhenTheLastScanHasEnded() {
        Places places = new Places(1, 4);
        AtomicInteger emptied = new AtomicInteger();
        Places.Ticket running = places.enter("a");
        Places.Ticket waiting = places.enter("b");
        places.close(emptied::incrementAndGet);
        assertThrows(ApiException.class, () -> places.enter("c"));
        running.close();
        assertEquals(0, emptied.get());
        waiting.close();
        assertEquals(1, emptied.get());
        new Places(1, 1).close(emptied::incrementAndGet);
        assertEquals(2, emptied.get());
    }
}
