package dev.websentry.engine.fuzz;

/** The door for Jazzer, which calls these two methods by their names. */
public final class JazzerDriver {
    private static FuzzTarget target;

    private JazzerDriver() {}

    /** @param arguments the target's name */
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTarget.named(arguments[0]);
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Bounded.run(target, input);
    }
}
