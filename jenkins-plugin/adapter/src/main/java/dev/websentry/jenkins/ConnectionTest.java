package dev.websentry.jenkins;

import dev.websentry.engine.ConnectionTester;
import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.InvalidTargetException;
import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.remote.RemoteScanner;
import dev.websentry.engine.remote.RemoteServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection tests of the forms. They run on the controller, so they are limited: a few sites, a few seconds, one
 * connection without a request. A user who may only configure jobs cannot make the controller connect to an address
 * that is not public.
 *
 * @param problems the problems, one line each; empty if every connection succeeded
 * @param connected what was connected to, one line each
 */
public record ConnectionTest(List<String> problems, List<String> connected) {
    static final int MAX_SITES = 5;
    private static final Duration MAX_TIME = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    public ConnectionTest {
        problems = List.copyOf(problems);
        connected = List.copyOf(connected);
    }

    /**
     * Connects to sites.
     *
     * @param urls the URLs as the user entered them; at most the first five are tested
     * @param jenkinsProxy the proxy of Jenkins, if there is one
     * @param isAdministrator whether the user may also make the controller connect to private addresses
     */
    public static ConnectionTest ofSites(
            List<String> urls, @Nullable JenkinsProxy jenkinsProxy, boolean isAdministrator) {
        List<String> tested =
                urls.stream().map(String::strip).filter(url -> !url.isEmpty()).toList();
        if (tested.isEmpty()) {
            return failed("Enter a URL first");
        }
        if (tested.stream().anyMatch(url -> url.contains("$"))) {
            return failed("A URL contains a variable, whose value is known only in a build");
        }
        ScanOptions.Builder options = ScanOptions.builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .addressPolicy(isAdministrator ? AddressPolicy.ALLOW_ALL : AddressPolicy.PUBLIC_ONLY);
        try {
            ProxyConfiguration proxies = proxies(jenkinsProxy);
            if (!isAdministrator && !proxies.isEmpty()) {
                return failed("Jenkins uses a proxy, which connects to any address;"
                        + " therefore only administrators can test a connection");
            }
            options.proxies(proxies);
        } catch (InvalidSettingException e) {
            return failed(String.valueOf(e.getMessage()));
        }
        return connect(tested.subList(0, Math.min(MAX_SITES, tested.size())), options);
    }

    private static ConnectionTest connect(List<String> urls, ScanOptions.Builder options) {
        long end = System.nanoTime() + MAX_TIME.toNanos();
        List<String> problems = new ArrayList<>();
        List<String> connected = new ArrayList<>();
        for (String url : urls) {
            long left = Math.max(1, end - System.nanoTime());
            try {
                connected.add(ConnectionTester.connect(
                        Target.parse(url),
                        options.timeout(Duration.ofNanos(left)).build()));
            } catch (InvalidTargetException e) {
                problems.add(TextSanitizer.singleLine(String.valueOf(e.getMessage())));
            } catch (ScanException e) {
                problems.add(e.getMessage()
                        + (e.reason() == ScanFailureReason.BLOCKED_ADDRESS
                                ? ". Only administrators can make the controller connect to it; builds connect from the agent"
                                : ""));
            }
        }
        return new ConnectionTest(problems, connected);
    }

    /**
     * Asks a WebSentry server whether it accepts an API key. Starts no scan. Only for administrators: the address of
     * the server is not restricted.
     *
     * @param apiKey the API key; empty for anonymous requests
     */
    public static ConnectionTest ofServer(String url, String apiKey, @Nullable JenkinsProxy jenkinsProxy) {
        try {
            RemoteServer server = RemoteServer.parse(
                    url, apiKey, "the field API key", MAX_TIME, CONNECT_TIMEOUT, proxies(jenkinsProxy));
            try (RemoteScanner scanner = new RemoteScanner(server)) {
                scanner.testConnection();
            }
            return new ConnectionTest(List.of(), List.of(server.toString()));
        } catch (IllegalArgumentException | ScanException | InvalidSettingException e) {
            return failed(TextSanitizer.singleLine(String.valueOf(e.getMessage())));
        }
    }

    private static ProxyConfiguration proxies(@Nullable JenkinsProxy jenkinsProxy) throws InvalidSettingException {
        return new ProxyEnvironment(System.getenv(), System.getProperties(), jenkinsProxy).proxies();
    }

    private static ConnectionTest failed(String problem) {
        return new ConnectionTest(List.of(problem), List.of());
    }
}
