package dev.websentry.engine.fuzz;

/** Entry point for Jazzer, which calls these two methods by name. */
public final class JazzerEntryPoint {
    private static FuzzTarget target;

    private JazzerEntryPoint() {}

    /**
     * Selects the target and runs its seeds, so that the time for loading and instrumenting classes is not measured.
     *
     * @param arguments name of the target
     */
    public static void fuzzerInitialize(String[] arguments) throws Exception {
        target = FuzzTarget.byName(arguments[0]);
        for (byte[] seed : target.seeds()) {
            target.property().check(seed);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        FuzzRunner.runInstrumented(target, input);
    }
}
