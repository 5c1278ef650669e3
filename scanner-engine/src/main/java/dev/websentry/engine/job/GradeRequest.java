package dev.websentry.engine.job;

import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.recording.Recording;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportVersions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to grade recordings again.
 *
 * @param recordings the recordings; at least one, with distinct names
 * @param files where the reports are written
 */
public record GradeRequest(List<RecordingToGrade> recordings, ReportFiles files) {
    public GradeRequest {
        recordings = List.copyOf(recordings);
    }

    /**
     * One recording to grade.
     *
     * @param file the file of the recording
     * @param name the base name of the report files
     * @param recording the content of the file
     * @param gate the quality gate that the report must pass
     */
    public record RecordingToGrade(Path file, String name, Recording recording, GateSettings gate) {
        /** Returns lines about the origin of the recording and the scoring version that is used; safe to print. */
        public List<String> provenance() {
            ReportVersions current = ReportVersions.current();
            String origin = "Grading a recording without network access: "
                    + recording.observations().target().input() + ", recorded by WebSentry "
                    + recording.engineVersion()
                    + " at " + recording.observations().now() + " (" + file + ")";
            String scoring = current.scoring() == recording.scoringVersion()
                    ? "WebSentry " + current.engine() + " uses the scoring version of the recording, "
                            + current.scoring()
                    : "WebSentry " + current.engine() + " uses scoring version " + current.scoring()
                            + ", the recording was made with scoring version " + recording.scoringVersion()
                            + "; a different score may be due to changed rules";
            return List.of(TextSanitizer.singleLine(origin), TextSanitizer.singleLine(scoring));
        }
    }

    /**
     * Parses options and reads the files that they refer to. Does not use the network.
     *
     * @throws InvalidOptionException for the first invalid option
     */
    public static GradeRequest parse(RawOptions texts) throws InvalidOptionException {
        ResultOptionsParser results = new ResultOptionsParser(texts);
        ReportFiles files = results.files();
        GateConditions conditions = results.conditions();
        List<Waiver> waivers = results.waivers();
        Map<Path, Recording> recordings = texts.first(Option.OBSERVATIONS, RecordingLoader::load)
                .orElseThrow(() -> texts.invalid(
                        Option.OBSERVATIONS,
                        "nothing to grade; set it to a recording of a scan, or to a directory of recordings"));
        Map<Path, String> names = names(recordings);
        Map<Path, Report> baselines = results.baselines(names);
        List<String> notes = Waiver.unmatchedHosts(
                waivers,
                ScanRequestParser.hosts(recordings.values().stream()
                        .map(recording -> recording.observations().target())
                        .toList()));
        List<RecordingToGrade> judgements = new ArrayList<>();
        recordings.forEach((file, recording) -> {
            GateSettings gate = new GateSettings(
                    conditions,
                    waivers,
                    Optional.ofNullable(baselines.get(file))
                            .map(report -> Map.of(recording.observations().target(), report))
                            .orElse(Map.of()),
                    notes);
            judgements.add(new RecordingToGrade(
                    file, names.getOrDefault(file, ReportFileNames.SINGLE_REPORT), recording, gate));
        });
        return new GradeRequest(judgements, files);
    }

    /**
     * Returns the base name of each report: the name of the recording if there are several, as a scan names its
     * reports.
     */
    private static Map<Path, String> names(Map<Path, Recording> recordings) {
        Map<Path, String> names = new LinkedHashMap<>();
        recordings.keySet().forEach(file -> {
            String fileName = String.valueOf(file.getFileName());
            names.put(
                    file,
                    recordings.size() == 1
                            ? ReportFileNames.SINGLE_REPORT
                            : fileName.substring(0, fileName.length() - Recording.FILE_EXTENSION.length()));
        });
        return names;
    }
}
