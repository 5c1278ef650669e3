package dev.websentry.engine.report;

/**
 * By whose rules a report was made.
 *
 * @param schema of the JSON; additions keep it
 * @param scoring changes whenever the same observations could get another score
 * @param engine the program's own
 */
public record Versions(int schema, int scoring, String engine) {
    /** This engine's. */
    public static Versions current() {
        String engine = Versions.class.getPackage().getImplementationVersion();
        return new Versions(1, 1, engine == null ? "development" : engine);
    }
}
