package dev.websentry.testsite.demo;

import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.util.List;
import java.util.stream.Stream;

/**
 * A site on loopback with a public host name. To scan it, use {@link #resolve()} and trust {@link #rootPem()}.
 *
 * @param name host name to scan
 * @param aliases other host names of the site, such as the one without www
 * @param certificate certificate of the site
 * @param https HTTPS server
 * @param http HTTP server
 */
public record LoopbackSite(
        String name, List<String> aliases, TestCertificate certificate, TestSite https, TestSite http)
        implements AutoCloseable {

    public LoopbackSite {
        aliases = List.copyOf(aliases);
    }

    /** Returns the URL of the site. */
    public String url() {
        return "https://" + name + "/";
    }

    /**
     * Returns entries for the option {@code resolve} that map ports 443 and 80 of every host name to the servers of
     * this site.
     */
    public List<String> resolve() {
        return resolve(https.port(), http.port());
    }

    /**
     * Returns entries for the option {@code resolve} that map to a proxy in front of this site.
     *
     * @param httpsPort port of 127.0.0.1 for HTTPS
     * @param httpPort port of 127.0.0.1 for HTTP
     */
    public List<String> resolve(int httpsPort, int httpPort) {
        return Stream.concat(Stream.of(name), aliases.stream())
                .flatMap(host -> Stream.of(host + ":443:127.0.0.1:" + httpsPort, host + ":80:127.0.0.1:" + httpPort))
                .toList();
    }

    /** Returns the private root CA in PEM format, for the option {@code caCertificates}. */
    public String rootPem() {
        return certificate.rootPem();
    }

    @Override
    public void close() {
        https.close();
        http.close();
    }
}
