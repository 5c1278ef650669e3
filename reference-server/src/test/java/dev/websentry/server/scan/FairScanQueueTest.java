package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FairScanQueueTest {
    private static final Duration NO_WAIT = Duration.ZERO;

    private static void assertWaits(FairScanQueue.ScanPermit permit) {
        assertEquals(
                ErrorCode.BUSY,
                assertThrows(ApiException.class, () -> permit.awaitGrant(NO_WAIT))
                        .code());
    }

    @Test
    void runningAndQueuedScansAreBounded() throws Exception {
        FairScanQueue queue = new FairScanQueue(2, 2);
        FairScanQueue.ScanPermit first = queue.acquire("a");
        first.awaitGrant(NO_WAIT);
        queue.acquire("b").awaitGrant(NO_WAIT);
        FairScanQueue.ScanPermit third = queue.acquire("c");
        assertWaits(third);
        queue.acquire("d");
        assertEquals(
                503, assertThrows(ApiException.class, () -> queue.acquire("e")).status());
        assertEquals(2, queue.runningCount());
        assertEquals(2, queue.waitingCount());
        first.close();
        first.close();
        third.awaitGrant(NO_WAIT);
        assertEquals(2, queue.runningCount());
    }

    @Test
    void aCallerGetsAtMostHalfOfThePermitsAndAQuarterOfTheQueue() throws Exception {
        FairScanQueue queue = new FairScanQueue(4, 8);
        List<FairScanQueue.ScanPermit> greedy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            greedy.add(queue.acquire("greedy"));
        }
        greedy.get(1).awaitGrant(NO_WAIT);
        assertWaits(greedy.get(2));
        assertEquals(2, queue.runningCount(), "two permits stay free");
        assertThrows(ApiException.class, () -> queue.acquire("greedy"));
        queue.acquire("other").awaitGrant(NO_WAIT);
        greedy.get(0).close();
        greedy.get(2).awaitGrant(NO_WAIT);
    }

    @Test
    void aFreePermitGoesToTheCallerWithTheFewestRunningScans() throws Exception {
        FairScanQueue queue = new FairScanQueue(2, 40);
        FairScanQueue.ScanPermit one = queue.acquire("a");
        FairScanQueue.ScanPermit two = queue.acquire("b");
        FairScanQueue.ScanPermit early = queue.acquire("a");
        FairScanQueue.ScanPermit late = queue.acquire("c");
        two.close();
        late.awaitGrant(NO_WAIT);
        assertWaits(early);
        one.close();
        early.awaitGrant(NO_WAIT);
    }

    @Test
    void aScanThatLeavesTheQueueGetsNoPermit() throws Exception {
        FairScanQueue queue = new FairScanQueue(1, 4);
        FairScanQueue.ScanPermit running = queue.acquire("a");
        FairScanQueue.ScanPermit gone = queue.acquire("b");
        FairScanQueue.ScanPermit next = queue.acquire("c");
        gone.close();
        running.close();
        next.awaitGrant(NO_WAIT);
        next.close();
        assertEquals(0, queue.runningCount());
        assertEquals(0, queue.waitingCount());
    }

    @Test
    void backgroundScansDoNotCountAgainstTheQueueBound() throws Exception {
        FairScanQueue queue = new FairScanQueue(2, 1);
        for (int i = 0; i < 10; i++) {
            queue.acquireInBackground("monitors");
        }
        assertEquals(1, queue.runningCount());
        queue.acquire("a").awaitGrant(NO_WAIT);
        queue.acquire("b");
        assertThrows(ApiException.class, () -> queue.acquire("c"));
    }

    @Test
    void closingReportsWhenTheLastScanHasEnded() {
        FairScanQueue queue = new FairScanQueue(1, 4);
        AtomicInteger emptied = new AtomicInteger();
        FairScanQueue.ScanPermit running = queue.acquire("a");
        FairScanQueue.ScanPermit waiting = queue.acquire("b");
        queue.close(emptied::incrementAndGet);
        assertThrows(ApiException.class, () -> queue.acquire("c"));
        running.close();
        assertEquals(0, emptied.get());
        waiting.close();
        assertEquals(1, emptied.get());
        new FairScanQueue(1, 1).close(emptied::incrementAndGet);
        assertEquals(2, emptied.get());
    }
}
