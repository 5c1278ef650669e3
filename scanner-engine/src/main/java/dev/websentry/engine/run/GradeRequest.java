package dev.websentry.engine.run;

import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.output.PlainText;
import dev.websentry.engine.record.Recording;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.Versions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to grade recordings again.
 *
 * @param judgements the recordings; at least one, with distinct names
 * @param files where the reports are written
 */
public record GradeRequest(List<Judgement> judgements, ReportFiles files) {
    public GradeRequest {
        judgements = List.copyOf(judgements);
    }

    /**
     * One recording to grade.
     *
     * @param file the file of the recording
     * @param name the base name of the report files
     * @param recording the content of the file
     * @param gate the quality gate that the report must pass
     */
    public record Judgement(Path file, String name, Recording recording, GateSettings gate) {
        /** Returns lines about the origin of the recording and the scoring version that is used; safe to print. */
        public List<String> provenance() {
            Versions current = Versions.current();
            String origin = "Grading a recording without network access: "
                    + recording.observations().target().given() + ", recorded by WebSentry "
                    + recording.engineVersion()
                    + " at " + recording.observations().now() + " (" + file + ")";
            String scoring = current.scoring() == recording.scoringVersion()
                    ? "WebSentry " + current.engine() + " uses the scoring version of the recording, "
                            + current.scoring()
                    : "WebSentry " + current.engine() + " uses scoring version " + current.scoring()
                            + ", the recording was made with scoring version " + recording.scoringVersion()
                            + "; a different score may be due to changed rules";
            return List.of(PlainText.line(origin), PlainText.line(scoring));
        }
    }

    /**
     * Parses options and reads the files that they refer to. Does not use the network.
     *
     * @throws InvalidOptionException for the first invalid option
     */
    public static GradeRequest of(OptionTexts texts) throws InvalidOptionException {
        ResultOptionReader results = new ResultOptionReader(texts);
        ReportFiles files = results.files();
        GateConditions conditions = results.conditions();
        List<Waiver> waivers = results.waivers();
        Map<Path, Recording> recordings = texts.one(Option.OBSERVATIONS, RecordedFiles::read)
                .orElseThrow(() -> texts.invalid(
                        Option.OBSERVATIONS,
                        "nothing to grade; set it to a recording of a scan, or to a directory of recordings"));
        Map<Path, String> names = names(recordings);
        Map<Path, Report> baselines = results.baselines(names);
        List<Judgement> judgements = new ArrayList<>();
        recordings.forEach((file, recording) -> {
            GateSettings gate = new GateSettings(
                    conditions,
                    waivers,
                    Optional.ofNullable(baselines.get(file))
                            .map(report -> Map.of(recording.observations().target(), report))
                            .orElse(Map.of()));
            judgements.add(new Judgement(file, names.getOrDefault(file, FileNames.OF_ONE), recording, gate));
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
                            ? FileNames.OF_ONE
                            : fileName.substring(0, fileName.length() - Recording.ENDING.length()));
        });
        return names;
    }
}
