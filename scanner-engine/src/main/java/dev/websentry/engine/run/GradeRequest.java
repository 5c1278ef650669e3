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
 * Recordings to judge again, what each must meet, and where the reports go.
 *
 * @param judgements at least one, no two of one name
 */
public record GradeRequest(List<Judgement> judgements, ReportFiles files) {
    public GradeRequest {
        judgements = List.copyOf(judgements);
    }

    /**
     * One recording.
     *
     * @param name the base name of its report's files
     */
    public record Judgement(Path file, String name, Recording recording, GateSettings gate) {
        /** Of what, of when and of whom the recording is, and by which rules it is judged; safe to print. */
        public List<String> provenance() {
            Versions mine = Versions.current();
            String first = "Judging a recording, without the network: "
                    + recording.observations().target().given() + " as WebSentry " + recording.engineVersion()
                    + " saw it at " + recording.observations().now() + " (" + file + ")";
            String second = mine.scoring() == recording.scoringVersion()
                    ? "WebSentry " + mine.engine() + " judges by the same scoring version, " + mine.scoring()
                    : "WebSentry " + mine.engine() + " judges by scoring version " + mine.scoring() + ", then it was "
                            + recording.scoringVersion() + ": another score may come from the rules, not from the site";
            return List.of(PlainText.line(first), PlainText.line(second));
        }
    }

    /**
     * Understands texts; reads the files that they name and touches no network.
     *
     * @throws InvalidOptionException for the first text that cannot be used
     */
    public static GradeRequest of(OptionTexts texts) throws InvalidOptionException {
        ResultOptionReader results = new ResultOptionReader(texts);
        ReportFiles files = results.files();
        GateConditions conditions = results.conditions();
        List<Waiver> waivers = results.waivers();
        Map<Path, Recording> recordings = texts.one(Option.OBSERVATIONS, RecordedFiles::read)
                .orElseThrow(() -> texts.invalid(
                        Option.OBSERVATIONS,
                        "nothing to judge: set it to a file that a scan recorded, or to a folder of such files"));
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

    /** As a scan names its reports: by the recording's own name where there are several. */
    private static Map<Path, String> names(Map<Path, Recording> recordings) {
        Map<Path, String> names = new LinkedHashMap<>();
        recordings.keySet().forEach(file -> {
            String own = String.valueOf(file.getFileName());
            names.put(
                    file,
                    recordings.size() == 1
                            ? FileNames.OF_ONE
                            : own.substring(0, own.length() - Recording.ENDING.length()));
        });
        return names;
    }
}
