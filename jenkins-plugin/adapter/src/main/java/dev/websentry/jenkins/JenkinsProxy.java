package dev.websentry.jenkins;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The proxy that Jenkins itself is configured with.
 *
 * @param user empty when it asks for none
 * @param direct hosts that are reached without it; a {@code *} stands for any characters
 */
public record JenkinsProxy(String host, int port, String user, String password, List<String> direct)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public JenkinsProxy {
        direct = new ArrayList<>(direct);
    }

    /** As an administrator wrote it; {@code direct} one a line, or between blanks, commas or bars, as Jenkins reads it. */
    public static JenkinsProxy of(String host, int port, String user, String password, String direct) {
        List<String> hosts = Stream.of(direct.split("[ \\t\\r\\n,|]+"))
                .filter(entry -> !entry.isEmpty())
                .toList();
        return new JenkinsProxy(host, port, user, password, hosts);
    }

    /** Without its password. */
    @Override
    public String toString() {
        return "the proxy " + host + ":" + port + " of Jenkins";
    }
}
