package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The short fuzz run of each build: the seeds and a fixed sequence of mutations of them. The inputs are the same in
 * every run.
 */
class FuzzTest {
    private static final int MAX_INPUTS = 600;
    private static final long MAX_NANOS = 600_000_000L;

    /** Created once, because some seeds are certificates and recordings. */
    private static final List<FuzzTarget> SHORT = FuzzTarget.shortInputs();

    private static final List<FuzzTarget> LONG = FuzzTarget.longInputs();

    static List<FuzzTarget> shortInputs() {
        return SHORT;
    }

    static List<FuzzTarget> longInputs() {
        return LONG;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shortInputs")
    void propertyHoldsForSeedsAndMutations(FuzzTarget target) {
        runSeedsAndMutations(target);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("longInputs")
    @Tag("endurance")
    void propertyHoldsForInputsOfTheMaximumLength(FuzzTarget target) {
        runSeedsAndMutations(target);
    }

    private static void runSeedsAndMutations(FuzzTarget target) {
        for (byte[] seed : target.seeds()) {
            run(target, seed);
        }
        run(target, new byte[0]);
        SeedMutator mutator = new SeedMutator(target, 20260301);
        long end = System.nanoTime() + MAX_NANOS;
        for (int i = 0; i < MAX_INPUTS && System.nanoTime() < end; i++) {
            run(target, mutator.next());
        }
    }

    @Test
    void targetNamesAreUnique() {
        List<String> names = Stream.concat(SHORT.stream(), LONG.stream())
                .map(FuzzTarget::name)
                .toList();
        assertEquals(names.size(), names.stream().distinct().count());
    }

    private static void run(FuzzTarget target, byte[] input) {
        try {
            FuzzRunner.run(target, input);
        } catch (Exception | AssertionError | StackOverflowError e) {
            String shown = HexFormat.of().formatHex(input, 0, Math.min(input.length, 2_000));
            throw new AssertionError(target + " fails for " + input.length + " bytes, hex " + shown, e);
        }
    }
}
