package dev.websentry.engine.fuzz;

/** The door for Jazzer, which calls these two methods by their names. */
public final class JazzerDriver {
    private static FuzzTarget target;

    private JazzerDriver() {}

    /** @param arguments the target's name; its seeds go first, since loading and instrumenting classes takes more than they do */
    public static void fuzzerInitialize(String[] arguments) throws Exception {
        target = FuzzTarget.named(arguments[0]);
        for (byte[] seed : target.seeds()) {
            target.property().check(seed);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Bounded.runInstrumented(target, input);
    }
}
