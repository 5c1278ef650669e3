package dev.websentry.engine.report;

/**
 * The versions that a report was produced with.
 *
 * @param schema the version of the JSON schema; added fields do not change it
 * @param scoring the version of the scoring rules; changes whenever the same observations could get a different score
 * @param engine the version of the engine
 */
public record Versions(int schema, int scoring, String engine) {
    /** Returns the versions of this engine. */
    public static Versions current() {
        String engine = Versions.class.getPackage().getImplementationVersion();
        return new Versions(1, 1, engine == null ? "development" : engine);
    }
}
