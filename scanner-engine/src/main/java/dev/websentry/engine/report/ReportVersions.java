package dev.websentry.engine.report;

/**
 * The versions that a report was produced with.
 *
 * @param schema the version of the JSON schema; added fields do not change it
 * @param scoring the version of the scoring rules; changes whenever the same observations could get a different score
 * @param engine the version of the engine
 */
public record ReportVersions(int schema, int scoring, String engine) {
    /** Returns the versions of this engine. */
    public static ReportVersions current() {
        String engine = ReportVersions.class.getPackage().getImplementationVersion();
        return new ReportVersions(1, 2, engine == null ? "development" : engine);
    }
}
