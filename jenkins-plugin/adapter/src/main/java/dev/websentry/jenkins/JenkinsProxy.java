package dev.websentry.jenkins;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The proxy in the system configuration of Jenkins.
 *
 * @param user the user name; empty for a proxy without authentication
 * @param direct the hosts that are connected to directly; {@code *} matches any characters
 */
public record JenkinsProxy(String host, int port, String user, String password, List<String> direct)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public JenkinsProxy {
        direct = new ArrayList<>(direct);
    }

    /**
     * Creates a proxy from the fields of the configuration.
     *
     * @param direct the hosts without proxy, separated by lines, spaces, commas or bars as in Jenkins
     */
    public static JenkinsProxy of(String host, int port, String user, String password, String direct) {
        List<String> hosts = Stream.of(direct.split("[ \\t\\r\\n,|]+"))
                .filter(entry -> !entry.isEmpty())
                .toList();
        return new JenkinsProxy(host, port, user, password, hosts);
    }

    /** Returns a description without the password. */
    @Override
    public String toString() {
        return "the proxy " + host + ":" + port + " of Jenkins";
    }
}
