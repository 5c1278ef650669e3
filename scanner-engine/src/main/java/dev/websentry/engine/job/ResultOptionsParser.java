package dev.websentry.engine.job;

import dev.websentry.engine.gate.CategoryMinimum;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.gate.WaiverFileParser;
import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Parses the options that scans and grading share: quality gate, waivers, baselines and report files. */
final class ResultOptionsParser {
    private final RawOptions texts;

    ResultOptionsParser(RawOptions texts) {
        this.texts = texts;
    }

    GateConditions conditions() throws InvalidOptionException {
        boolean failOnRegression = texts.flag(Option.FAIL_ON_REGRESSION);
        if (failOnRegression
                && texts.first(Option.BASELINE).isEmpty()
                && texts.baselines().isEmpty()) {
            throw texts.invalid(
                    Option.FAIL_ON_REGRESSION,
                    "no baseline to compare with; set " + texts.displayName(Option.BASELINE)
                            + " to the report.json of an earlier scan");
        }
        return new GateConditions(
                texts.first(Option.FAIL_BELOW, Grade::parse),
                texts.optionalNumber(Option.MIN_SCORE),
                texts.all(Option.CATEGORY_MINIMUMS, CategoryMinimum::parseAll).stream()
                        .flatMap(List::stream)
                        .toList(),
                texts.flag(Option.FAIL_ON_INCOMPLETE),
                failOnRegression);
    }

    List<Waiver> waivers() throws InvalidOptionException {
        return texts.first(Option.WAIVERS, ResultOptionsParser::waivers).orElse(List.of());
    }

    /** @param names the base name of the report files of each result */
    <K> Map<K, Report> baselines(Map<K, String> names) throws InvalidOptionException {
        return texts.first(Option.BASELINE, path -> BaselineLoader.load(path, names))
                .orElse(Map.of());
    }

    ReportFiles files() throws InvalidOptionException {
        Set<ReportFormat> formats = new TreeSet<>(texts.all(Option.FORMATS, ReportFormat::parse));
        Path directory = texts.first(Option.OUTPUT_DIRECTORY, OptionFileLoader::parsePath)
                .orElseThrow(() -> texts.invalid(Option.OUTPUT_DIRECTORY, "no directory for the reports; set it"));
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw texts.invalid(Option.OUTPUT_DIRECTORY, "\"" + directory + "\" is a file; use a directory");
        }
        return new ReportFiles(directory, formats.isEmpty() ? ReportFiles.DEFAULT_FORMATS : formats);
    }

    private static List<Waiver> waivers(String file) {
        try {
            return WaiverFileParser.parse(OptionFileLoader.readText(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + file + "\": " + e.getMessage(), e);
        }
    }
}
