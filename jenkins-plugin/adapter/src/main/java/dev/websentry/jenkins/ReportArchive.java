package dev.websentry.jenkins;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The files that a build stores for one step. Their names are made from the number of the site and from nothing else.
 * Reports are compressed JSON; pages are rendered from them on request.
 */
public final class ReportArchive {
    private static final String RECORD = "run.json";
    /** A report is limited when it arrives from the agent; its canonical form can be somewhat larger. */
    private static final int MAX_REPORT_BYTES = 2 * AgentResultCodec.MAX_REPORT_BYTES;

    private final Path folder;

    /** @param folder the folder of the step within the folder of the build */
    public ReportArchive(Path folder) {
        this.folder = folder;
    }

    /** Writes the record and all reports. */
    public void write(AgentScanResult result) throws IOException {
        Files.createDirectories(folder);
        for (int site = 0; site < result.reports().size(); site++) {
            if (!result.reports().get(site).isEmpty()) {
                Files.write(compressed(site), compress(result.reports().get(site)));
            }
        }
        Files.writeString(folder.resolve(RECORD), BuildRecordJson.write(result.record()));
    }

    /**
     * Reads the record.
     *
     * @throws IOException if the file is missing
     * @throws IllegalArgumentException if the file is not a record, or if a later version of the plugin wrote it
     */
    public BuildRecord record() throws IOException {
        return BuildRecordJson.read(Files.readString(folder.resolve(RECORD)));
    }

    /**
     * Reads the JSON report of a site.
     *
     * @param site the index of the site in the record, from 0
     * @return empty if there is no report, or if it was deleted
     */
    public Optional<String> report(int site) throws IOException {
        if (site < 0) {
            return Optional.empty();
        }
        if (Files.isRegularFile(compressed(site))) {
            return Optional.of(decompress(Files.readAllBytes(compressed(site))));
        }
        // Version 0.1 stored the reports uncompressed.
        Path plain = folder.resolve(name(site));
        return Files.isRegularFile(plain) ? Optional.of(Files.readString(plain)) : Optional.empty();
    }

    /** Deletes the reports and keeps the record, so that lists and charts still work. */
    public void deleteReports() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (var all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().startsWith("site-"))
                    .toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private Path compressed(int site) {
        return folder.resolve(name(site) + ".gz");
    }

    private static String name(int site) {
        return "site-" + (site + 1) + ".json";
    }

    private static byte[] compress(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String decompress(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] text = in.readNBytes(MAX_REPORT_BYTES + 1);
            if (text.length > MAX_REPORT_BYTES) {
                throw new IOException("the stored report is larger than " + MAX_REPORT_BYTES + " bytes");
            }
            return new String(text, StandardCharsets.UTF_8);
        }
    }
}
