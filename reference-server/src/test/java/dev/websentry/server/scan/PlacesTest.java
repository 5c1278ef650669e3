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

    private static void assertWaits(Places.Ticket permit) {
        assertEquals(
                ErrorCode.BUSY,
                assertThrows(ApiException.class, () -> permit.await(NO_WAIT)).code());
    }

    @Test
    void runningAndQueuedScansAreBounded() throws Exception {
        Places queue = new Places(2, 2);
        Places.Ticket first = queue.enter("a");
        first.await(NO_WAIT);
        queue.enter("b").await(NO_WAIT);
        Places.Ticket third = queue.enter("c");
        assertWaits(third);
        queue.enter("d");
        assertEquals(
                503, assertThrows(ApiException.class, () -> queue.enter("e")).status());
        assertEquals(2, queue.running());
        assertEquals(2, queue.waiting());
        first.close();
        first.close();
        third.await(NO_WAIT);
        assertEquals(2, queue.running());
    }

    @Test
    void aCallerGetsAtMostHalfOfThePermitsAndAQuarterOfTheQueue() throws Exception {
        Places queue = new Places(4, 8);
        List<Places.Ticket> greedy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            greedy.add(queue.enter("greedy"));
        }
        greedy.get(1).await(NO_WAIT);
        assertWaits(greedy.get(2));
        assertEquals(2, queue.running(), "two permits stay free");
        assertThrows(ApiException.class, () -> queue.enter("greedy"));
        queue.enter("other").await(NO_WAIT);
        greedy.get(0).close();
        greedy.get(2).await(NO_WAIT);
    }

    @Test
    void aFreePermitGoesToTheCallerWithTheFewestRunningScans() throws Exception {
        Places queue = new Places(2, 40);
        Places.Ticket one = queue.enter("a");
        Places.Ticket two = queue.enter("b");
        Places.Ticket early = queue.enter("a");
        Places.Ticket late = queue.enter("c");
        two.close();
        late.await(NO_WAIT);
        assertWaits(early);
        one.close();
        early.await(NO_WAIT);
    }

    @Test
    void aScanThatLeavesTheQueueGetsNoPermit() throws Exception {
        Places queue = new Places(1, 4);
        Places.Ticket running = queue.enter("a");
        Places.Ticket gone = queue.enter("b");
        Places.Ticket next = queue.enter("c");
        gone.close();
        running.close();
        next.await(NO_WAIT);
        next.close();
        assertEquals(0, queue.running());
        assertEquals(0, queue.waiting());
    }

    @Test
    void backgroundScansDoNotCountAgainstTheQueueBound() throws Exception {
        Places queue = new Places(2, 1);
        for (int i = 0; i < 10; i++) {
            queue.enterBeside("monitors");
        }
        assertEquals(1, queue.running());
        queue.enter("a").await(NO_WAIT);
        queue.enter("b");
        assertThrows(ApiException.class, () -> queue.enter("c"));
    }

    @Test
    void closingReportsWhenTheLastScanHasEnded() {
        Places queue = new Places(1, 4);
        AtomicInteger emptied = new AtomicInteger();
        Places.Ticket running = queue.enter("a");
        Places.Ticket waiting = queue.enter("b");
        queue.close(emptied::incrementAndGet);
        assertThrows(ApiException.class, () -> queue.enter("c"));
        running.close();
        assertEquals(0, emptied.get());
        waiting.close();
        assertEquals(1, emptied.get());
        new Places(1, 1).close(emptied::incrementAndGet);
        assertEquals(2, emptied.get());
    }
}
