package dev.websentry.engine.job;

import dev.websentry.engine.config.RootStoreChoice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads the files that options refer to, in a build or on a server. */
public final class OptionFileLoader {
    /** Limits memory use; larger than any trust store or zone file. */
    private static final int MAX_BYTES = 4 << 20;

    private OptionFileLoader() {}

    /**
     * Reads the certificates of a PEM file.
     *
     * @throws IllegalArgumentException if the file cannot be read or contains no certificate
     */
    public static List<X509Certificate> readCertificates(String file) {
        byte[] bytes = readBytes(file);
        try {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException e) {
            // Reported below, like a file without certificates.
        }
        throw new IllegalArgumentException(
                "\"" + file + "\" contains no certificate; use a PEM file with -----BEGIN CERTIFICATE----- blocks");
    }

    /**
     * Reads a root store.
     *
     * @param text {@code browsers}, {@code jdk}, or the path of a PEM file
     * @throws IllegalArgumentException if the file cannot be read or contains no certificate
     */
    public static RootStoreChoice readRootStore(String text) {
        return switch (text) {
            case "browsers" -> RootStoreChoice.BROWSERS;
            case "jdk" -> RootStoreChoice.JDK;
            default -> {
                if (!Files.isRegularFile(parsePath(text))) {
                    throw new IllegalArgumentException(
                            "unknown root store \"" + text + "\"; use browsers, jdk, or the path of a PEM file");
                }
                yield RootStoreChoice.ofFile(readCertificates(text));
            }
        };
    }

    /**
     * Reads the records of a zone file, one per line. Blank lines and comments are left out.
     *
     * @throws IllegalArgumentException if the file cannot be read or contains no record
     */
    public static List<String> readRecords(String file) {
        List<String> records = readText(file)
                .lines()
                .map(line -> line.replaceFirst(";.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        if (records.isEmpty()) {
            throw new IllegalArgumentException("\"" + file + "\" contains no DS or DNSKEY record");
        }
        return records;
    }

    /**
     * Reads a text file in UTF-8.
     *
     * @throws IllegalArgumentException if the file cannot be read
     */
    static String readText(String file) {
        return new String(readBytes(file), StandardCharsets.UTF_8);
    }

    /**
     * Parses a path. The file does not have to exist.
     *
     * @throws IllegalArgumentException if the text is not a valid path of this file system
     */
    static Path parsePath(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a valid path: " + e.getReason(), e);
        }
    }

    /**
     * Reads a file of at most 4 MiB.
     *
     * @throws IllegalArgumentException if the file is too large or cannot be read
     */
    static byte[] readBytes(String file) {
        Path path = parsePath(file);
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("\"" + file + "\" is not a readable file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException("\"" + file + "\" is larger than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read \"" + file + "\": " + e.getMessage(), e);
        }
    }
}
