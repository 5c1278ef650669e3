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
    private static final Duration AT_ONCE = Duration.ZERO;

    private static void assertWaits(Places.Ticket ticket) {
        assertEquals(
                ErrorCode.BUSY,
                assertThrows(ApiException.class, () -> ticket.await(AT_ONCE)).code());
    }

    @Test
    void noMoreRunThanThereArePlacesAndNoMoreWaitThanTheQueueHolds() throws Exception {
        Places places = new Places(2, 2);
        Places.Ticket first = places.enter("a");
        first.await(AT_ONCE);
        places.enter("b").await(AT_ONCE);
        Places.Ticket third = places.enter("c");
        assertWaits(third);
        places.enter("d");
        assertEquals(
                503, assertThrows(ApiException.class, () -> places.enter("e")).status());
        assertEquals(2, places.running());
        assertEquals(2, places.waiting());
        first.close();
        first.close();
        third.await(AT_ONCE);
        assertEquals(2, places.running());
    }

    @Test
    void oneCallerHasNoMoreThanHalfOfThePlacesAndAQuarterOfTheQueue() throws Exception {
        Places places = new Places(4, 8);
        List<Places.Ticket> greedy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            greedy.add(places.enter("greedy"));
        }
        greedy.get(1).await(AT_ONCE);
        assertWaits(greedy.get(2));
        assertEquals(2, places.running(), "two places stay free");
        assertThrows(ApiException.class, () -> places.enter("greedy"));
        places.enter("other").await(AT_ONCE);
        greedy.get(0).close();
        greedy.get(2).await(AT_ONCE);
    }

    @Test
    void aFreePlaceGoesToWhoeverHasTheFewest() throws Exception {
        Places places = new Places(2, 40);
        Places.Ticket one = places.enter("a");
        Places.Ticket two = places.enter("b");
        Places.Ticket early = places.enter("a");
        Places.Ticket late = places.enter("c");
        two.close();
        late.await(AT_ONCE);
        assertWaits(early);
        one.close();
        early.await(AT_ONCE);
    }

    @Test
    void whoLeavesTheQueueTakesNoPlace() throws Exception {
        Places places = new Places(1, 4);
        Places.Ticket running = places.enter("a");
        Places.Ticket gone = places.enter("b");
        Places.Ticket next = places.enter("c");
        gone.close();
        running.close();
        next.await(AT_ONCE);
        next.close();
        assertEquals(0, places.running());
        assertEquals(0, places.waiting());
    }

    @Test
    void workBesideTheQueueFillsItForNobody() throws Exception {
        Places places = new Places(2, 1);
        for (int i = 0; i < 10; i++) {
            places.enterBeside("monitors");
        }
        assertEquals(1, places.running());
        places.enter("a").await(AT_ONCE);
        places.enter("b");
        assertThrows(ApiException.class, () -> places.enter("c"));
    }

    @Test
    void closedPlacesTellWhenTheLastHasGone() {
        Places places = new Places(1, 4);
        AtomicInteger told = new AtomicInteger();
        Places.Ticket running = places.enter("a");
        Places.Ticket waiting = places.enter("b");
        places.close(told::incrementAndGet);
        assertThrows(ApiException.class, () -> places.enter("c"));
        running.close();
        assertEquals(0, told.get());
        waiting.close();
        assertEquals(1, told.get());
        new Places(1, 1).close(told::incrementAndGet);
        assertEquals(2, told.get());
    }
}
