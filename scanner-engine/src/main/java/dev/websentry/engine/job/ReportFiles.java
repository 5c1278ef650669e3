package dev.websentry.engine.job;

import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.output.JsonReport;
import dev.websentry.engine.output.JunitReport;
import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.output.SarifReport;
import dev.websentry.engine.recording.Recording;
import dev.websentry.engine.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the reports of a job. Files are UTF-8 and are replaced atomically. Outdated files of an earlier run for the
 * same target are removed, also those in formats that are no longer chosen.
 *
 * @param directory the output directory; created if it does not exist
 * @param formats the formats to write
 */
public record ReportFiles(Path directory, Set<ReportFormat> formats) {
    /** The names of the formats that are written if no format is set, separated by commas. */
    public static final String DEFAULT_FORMAT_NAMES = "json,html";

    /** The formats that are written if no format is set. */
    public static final Set<ReportFormat> DEFAULT_FORMATS = Arrays.stream(DEFAULT_FORMAT_NAMES.split(",", -1))
            .map(ReportFormat::parse)
            .collect(Collectors.toUnmodifiableSet());

    private static final String ERROR_EXTENSION = ".error.json";

    public ReportFiles {
        directory = directory.toAbsolutePath().normalize();
        formats = Set.copyOf(formats);
    }

    /**
     * Writes a report in all formats.
     *
     * @param base the base name of the files
     * @return the files, in the order of the formats
     */
    List<Path> write(String base, Report report, GateResult gate) throws IOException {
        List<Path> files = new ArrayList<>();
        createDirectory();
        for (ReportFormat format : ReportFormat.values()) {
            Path file = directory.resolve(base + format.extension());
            if (formats.contains(format)) {
                replace(file, format.write(report, gate));
                files.add(file);
            } else {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory.resolve(base + ERROR_EXTENSION));
        return files;
    }

    /**
     * Writes the error of a scan that could not run, and removes reports of earlier scans.
     *
     * @param base the base name of the files
     * @return the files
     */
    List<Path> writeError(String base, Target target, ScanException error) throws IOException {
        createDirectory();
        for (ReportFormat format : ReportFormat.values()) {
            Files.deleteIfExists(directory.resolve(base + format.extension()));
        }
        Path file = directory.resolve(base + ERROR_EXTENSION);
        replace(file, JsonReport.writeError(target, error));
        List<Path> files = new ArrayList<>(List.of(file));
        if (formats.contains(ReportFormat.JUNIT)) {
            files.add(directory.resolve(base + ReportFormat.JUNIT.extension()));
            replace(files.get(files.size() - 1), JunitReport.writeError(target, error));
        }
        if (formats.contains(ReportFormat.SARIF)) {
            files.add(directory.resolve(base + ReportFormat.SARIF.extension()));
            replace(
                    files.get(files.size() - 1),
                    SarifReport.writeError(target.input(), String.valueOf(error.getMessage())));
        }
        return files;
    }

    /**
     * Copies the files of a result into the output directory, as if the job had written them there.
     *
     * @param result the result of an equal job with another output directory
     * @return the result with the copied files
     */
    public JobResult copy(JobResult result) throws IOException {
        List<SiteResult> sites = new ArrayList<>();
        for (SiteResult site : result.sites()) {
            List<Path> copies = new ArrayList<>();
            for (Path file : site.files()) {
                copies.add(copy(file));
            }
            sites.add(site.withFiles(copies));
        }
        return new JobResult(sites);
    }

    private Path copy(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Path copy = directory.resolve(name);
        // A recording has a path of its own, which is the same for both jobs.
        if (name.endsWith(Recording.FILE_EXTENSION) || copy.equals(file)) {
            return file;
        }
        createDirectory();
        byte[] content = Files.readAllBytes(file);
        try {
            AtomicFile.write(copy, out -> out.write(content));
        } catch (IOException e) {
            throw new IOException("cannot write \"" + copy + "\": " + e.getMessage(), e);
        }
        return copy;
    }

    private void createDirectory() throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IOException("cannot create \"" + directory + "\": " + e.getMessage(), e);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        try {
            AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IOException("cannot write \"" + file + "\": " + e.getMessage(), e);
        }
    }
}
