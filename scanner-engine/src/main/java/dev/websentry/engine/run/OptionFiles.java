package dev.websentry.engine.run;

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

/** Files that options name, in a build or on a server. */
public final class OptionFiles {
    /** No root store and no zone file comes near it. */
    private static final int MOST_BYTES = 4 << 20;

    private OptionFiles() {}

    /**
     * The certificates of a PEM file.
     *
     * @throws IllegalArgumentException when it cannot be read or holds none
     */
    public static List<X509Certificate> certificates(String file) {
        byte[] bytes = read(file);
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
            // Falls through to the one message below.
        }
        throw new IllegalArgumentException("'" + file
                + "' holds no certificate: expected PEM, a block that begins with -----BEGIN CERTIFICATE-----");
    }

    /**
     * The lines of a text file that say something: no blank ones, no comments as zone files have them.
     *
     * @throws IllegalArgumentException when it cannot be read or holds none
     */
    public static List<String> records(String file) {
        List<String> records = text(file)
                .lines()
                .map(line -> line.replaceFirst(";.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        if (records.isEmpty()) {
            throw new IllegalArgumentException("'" + file + "' holds no DS or DNSKEY record");
        }
        return records;
    }

    /**
     * A text file, UTF-8.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    static String text(String file) {
        return new String(read(file), StandardCharsets.UTF_8);
    }

    /**
     * A path, whether or not something is there.
     *
     * @throws IllegalArgumentException when this file system knows no such path
     */
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not a path: " + e.getReason(), e);
        }
    }

    static byte[] read(String file) {
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("'" + file + "' is not a file that can be read");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException("'" + file + "' is larger than " + MOST_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + file + "' cannot be read: " + e.getMessage(), e);
        }
    }
}
