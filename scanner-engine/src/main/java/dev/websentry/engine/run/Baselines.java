package dev.websentry.engine.run;

import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The reports of an earlier run: one file for one target, or the folder that the earlier run wrote. */
final class Baselines {
    private Baselines() {}

    /**
     * Reads what is there; a report that does not exist yet is none.
     *
     * @param names the base name of each result's report files
     * @throws IllegalArgumentException when a file is there and is no report, or one file is named for several results
     */
    static <K> Map<K, Report> read(String path, Map<K, String> names) {
        Path place = Path.of(path);
        boolean folder = Files.isDirectory(place) || (names.size() > 1 && !Files.exists(place));
        if (!folder && names.size() > 1) {
            throw new IllegalArgumentException(
                    "'" + path + "' is one file for " + names.size() + " URLs: expected the folder of an earlier run");
        }
        Map<K, Report> reports = new HashMap<>();
        names.forEach((key, name) -> {
            Path file = folder ? place.resolve(name + ".json") : place;
            if (Files.exists(file)) {
                reports.put(key, report(file));
            }
        });
        return reports;
    }

    private static Report report(Path file) {
        try {
            return ReportReader.read(OptionFiles.text(file.toString()));
        } catch (ReportReader.NotAReport e) {
            throw new IllegalArgumentException("'" + file + "' is not a report: " + e.getMessage(), e);
        }
    }
}
