package dev.websentry.testsite.demo;

import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.util.List;
import java.util.stream.Stream;

/**
 * A site under a public-looking name that lives on loopback: scan it with {@link #resolve()} and trust {@link #rootPem()}.
 *
 * @param name the host that is scanned
 * @param aliases its other host names, such as the one without www
 */
public record LoopbackSite(
        String name, List<String> aliases, TestCertificate certificate, TestSite https, TestSite http)
        implements AutoCloseable {

    public LoopbackSite {
        aliases = List.copyOf(aliases);
    }

    /** What a person would type. */
    public String url() {
        return "https://" + name + "/";
    }

    /** Entries for the option of that name: ports 443 and 80 of every name, dialled where this site listens. */
    public List<String> resolve() {
        return resolve(https.port(), http.port());
    }

    /** The same over something that stands before this site. */
    public List<String> resolve(int httpsPort, int httpPort) {
        return Stream.concat(Stream.of(name), aliases.stream())
                .flatMap(host -> Stream.of(host + ":443:127.0.0.1:" + httpsPort, host + ":80:127.0.0.1:" + httpPort))
                .toList();
    }

    /** The private root, as {@code caCertificates} wants it. */
    public String rootPem() {
        return certificate.rootPem();
    }

    @Override
    public void close() {
        https.close();
        http.close();
    }
}
