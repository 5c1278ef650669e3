package dev.websentry.jenkins;

import dev.websentry.engine.config.BasicCredentials;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ProxyConfiguration;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Determines the proxies of a scan: those in the environment of the step ({@code http_proxy}, {@code https_proxy},
 * {@code no_proxy}, in lower or upper case), otherwise those of the agent's Java ({@code https.proxyHost} and so on),
 * otherwise the proxy of Jenkins. The sources are never mixed: an environment with only {@code no_proxy} means no
 * proxy.
 */
final class ProxyEnvironment {
    private static final int DEFAULT_PORT = 8080;
    private static final List<String> SCHEMES = List.of("https", "http");
    /** The hosts that Java connects to directly if the property is not set. */
    private static final String JAVA_NON_PROXY_HOSTS = "localhost|127.*|[::1]";

    private final Map<String, String> variables;
    private final Properties java;
    private final @Nullable JenkinsProxy jenkins;

    ProxyEnvironment(Map<String, String> variables, Properties java, @Nullable JenkinsProxy jenkins) {
        this.variables = only(variables);
        this.java = java;
        this.jenkins = jenkins;
    }

    /** Returns the variables that name proxies, with lower-case names. The lower-case variable takes precedence. */
    static Map<String, String> only(Map<String, String> all) {
        Map<String, String> kept = new HashMap<>();
        for (String name : List.of("http_proxy", "https_proxy", "no_proxy")) {
            String value = all.getOrDefault(name, all.getOrDefault(name.toUpperCase(Locale.ROOT), ""));
            if (!value.isBlank()) {
                kept.put(name, value.strip());
            }
        }
        return kept;
    }

    /**
     * Returns the proxies.
     *
     * @throws InvalidSettingException if a variable, a property or the proxy of Jenkins is invalid
     */
    ProxyConfiguration proxies() throws InvalidSettingException {
        List<HttpProxy> found = new ArrayList<>();
        boolean usesJava = SCHEMES.stream().anyMatch(scheme -> java.getProperty(scheme + ".proxyHost") != null);
        for (String scheme : SCHEMES) {
            if (!variables.isEmpty()) {
                String variable = scheme + "_proxy";
                String value = variables.get(variable);
                if (value != null) {
                    found.add(ofVariable(scheme, variable, value));
                }
            } else if (usesJava) {
                if (java.getProperty(scheme + ".proxyHost") != null) {
                    found.add(ofJava(scheme));
                }
            } else if (jenkins != null) {
                found.add(ofJenkins(scheme, jenkins));
            }
        }
        return new ProxyConfiguration(found);
    }

    private HttpProxy ofVariable(String scheme, String variable, String value) throws InvalidSettingException {
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
                throw new IllegalArgumentException("proxies are connected to with plain http");
            }
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            return new HttpProxy(scheme, new HostAndPort(uri.getHost(), port), credentials(uri), direct());
        } catch (IllegalArgumentException e) {
            // The value and the message of the parser may contain a password.
            throw new InvalidSettingException("the environment variable " + variable
                    + " is not the URL of a proxy; use a URL such as http://proxy.example.com:3128");
        }
    }

    private HttpProxy ofJava(String scheme) throws InvalidSettingException {
        try {
            int port = Integer.parseInt(java.getProperty(scheme + ".proxyPort", scheme.equals("https") ? "443" : "80"));
            List<String> direct = Stream.of(java.getProperty("http.nonProxyHosts", JAVA_NON_PROXY_HOSTS)
                            .split("\\|"))
                    .filter(host -> !host.isBlank())
                    // Java writes IPv6 addresses in brackets; hosts are compared without brackets.
                    .map(host -> host.replaceAll("[\\[\\]]", ""))
                    .toList();
            return new HttpProxy(
                    scheme, new HostAndPort(java.getProperty(scheme + ".proxyHost"), port), Optional.empty(), direct);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("the Java property " + scheme + ".proxyHost or " + scheme
                    + ".proxyPort of the agent is invalid: " + e.getMessage());
        }
    }

    private static HttpProxy ofJenkins(String scheme, JenkinsProxy proxy) throws InvalidSettingException {
        try {
            Optional<BasicCredentials> credentials = proxy.user().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new BasicCredentials(proxy.user(), proxy.password()));
            return new HttpProxy(scheme, new HostAndPort(proxy.host(), proxy.port()), credentials, proxy.direct());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    "the HTTP proxy in Manage Jenkins > System is invalid: " + e.getMessage());
        }
    }

    private static Optional<BasicCredentials> credentials(URI uri) {
        @Nullable String info = uri.getRawUserInfo();
        if (info == null || info.isEmpty()) {
            return Optional.empty();
        }
        int colon = info.indexOf(':');
        return Optional.of(new BasicCredentials(
                decoded(colon < 0 ? info : info.substring(0, colon)),
                colon < 0 ? "" : decoded(info.substring(colon + 1))));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Returns the hosts of no_proxy. A name includes its subdomains, with or without a leading dot. */
    private List<String> direct() {
        List<String> hosts = new ArrayList<>();
        for (String entry : variables.getOrDefault("no_proxy", "").split("[,\\s]+", -1)) {
            String host = entry.replaceFirst("^\\*?\\.", "");
            if (!host.isEmpty()) {
                hosts.add(host);
                if (!host.equals("*")) {
                    hosts.add("*." + host);
                }
            }
        }
        return hosts;
    }
}
