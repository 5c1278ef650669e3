package dev.websentry.engine.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Judges certificate chains with {@code openssl verify}. */
final class OpenSslVerifier {
    private final Path directory;

    OpenSslVerifier(Path directory) {
        this.directory = directory;
    }

    /** Returns the output of {@code openssl verify}; empty if it accepts the chain. */
    String rejection(List<X509Certificate> chain, X509Certificate anchor) throws IOException, InterruptedException {
        Path leaf = write("leaf.pem", chain.subList(0, 1));
        Path root = write("root.pem", List.of(anchor));
        List<String> command = new ArrayList<>(List.of("openssl", "verify", "-no-CApath", "-no-CAstore"));
        command.addAll(List.of("-attime", String.valueOf(CertificateSpec.NOW.getEpochSecond())));
        command.addAll(List.of("-purpose", "sslserver", "-policy_check", "-partial_chain", "-CAfile", root.toString()));
        // Browsers accept any policy; without the option, OpenSSL accepts none if a policy is required.
        command.addAll(List.of("-policy", PolicyExtensions.ANY_POLICY));
        if (chain.size() > 1) {
            command.addAll(List.of(
                    "-untrusted",
                    write("untrusted.pem", chain.subList(1, chain.size())).toString()));
        }
        command.add(leaf.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : output.isEmpty() ? "rejected" : output;
    }

    private Path write(String name, List<X509Certificate> certificates) throws IOException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                pem.append("-----BEGIN CERTIFICATE-----\n")
                        .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException(e);
            }
        }
        return Files.writeString(directory.resolve(name), pem);
    }
}
