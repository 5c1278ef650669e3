package dev.websentry.engine.pki;

import dev.websentry.engine.syntax.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads the tables of rules about roots, which identify a root by the SHA-256 hash of its certificate. */
public final class RootTable {
    private RootTable() {}

    /**
     * Reads a table: one rule per line, fields separated by a vertical bar, comments after a number sign.
     *
     * @param resource the file, in this package
     * @return the fields of each rule
     */
    static List<List<String>> read(String resource) {
        try (InputStream in = RootTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(" \\| ", -1)))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + resource + " cannot be read", e);
        }
    }

    /** Returns the SHA-256 hash of a certificate in hexadecimal. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return Sha256.hex(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate has an encoding", e);
        }
    }
}
