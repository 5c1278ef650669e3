package dev.websentry.engine.job;

import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Loads the baselines, which are reports of an earlier run: a file for one target, or the output directory of that run.
 */
final class BaselineLoader {
    private BaselineLoader() {}

    /**
     * Loads the baselines that exist.
     *
     * @param path a report file, or a directory
     * @param names the base name of the report files of each result
     * @return the baselines; results without a report file are absent
     * @throws IllegalArgumentException if a file is not a report, or if one file is given for several results
     */
    static <K> Map<K, Report> load(String path, Map<K, String> names) {
        Path location = OptionFileLoader.parsePath(path);
        boolean directory = Files.isDirectory(location) || (names.size() > 1 && !Files.exists(location));
        if (!directory && names.size() > 1) {
            throw new IllegalArgumentException("\"" + path + "\" is one file for " + names.size()
                    + " URLs; use the output directory of an earlier run");
        }
        Map<K, Report> reports = new HashMap<>();
        names.forEach((key, name) -> {
            Path file = directory ? location.resolve(name + ".json") : location;
            if (Files.exists(file)) {
                reports.put(key, report(file));
            }
        });
        return reports;
    }

    private static Report report(Path file) {
        try {
            return ReportJsonReader.read(OptionFileLoader.readText(file.toString()));
        } catch (ReportJsonReader.InvalidReportException e) {
            throw new IllegalArgumentException("\"" + file + "\" is not a valid report: " + e.getMessage(), e);
        }
    }
}
