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
 * The agent's proxies: those that the step's environment names ({@code http_proxy}, {@code https_proxy}, {@code no_proxy},
 * in either case), or else those of the agent's Java ({@code https.proxyHost} and so on), or else the one of Jenkins. They
 * are never mixed: who says {@code no_proxy} alone says that there is none.
 */
final class ProxyEnvironment {
    private static final int USUAL_PORT = 8080;
    private static final List<String> SCHEMES = List.of("https", "http");
    /** What Java itself leaves out where the property is not set. */
    private static final String JAVA_DIRECT = "localhost|127.*|[::1]";

    private final Map<String, String> variables;
    private final Properties java;
    private final @Nullable JenkinsProxy jenkins;

    ProxyEnvironment(Map<String, String> variables, Properties java, @Nullable JenkinsProxy jenkins) {
        this.variables = only(variables);
        this.java = java;
        this.jenkins = jenkins;
    }

    /** The variables that name proxies, in lower case; of two that differ in case alone the lower one. */
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

    /** @throws InvalidSettingException when a variable, a property or the proxy of Jenkins is none */
    ProxyConfiguration proxies() throws InvalidSettingException {
        List<HttpProxy> found = new ArrayList<>();
        boolean isJavas = SCHEMES.stream().anyMatch(scheme -> java.getProperty(scheme + ".proxyHost") != null);
        for (String scheme : SCHEMES) {
            if (!variables.isEmpty()) {
                String variable = scheme + "_proxy";
                String value = variables.get(variable);
                if (value != null) {
                    found.add(ofVariable(scheme, variable, value));
                }
            } else if (isJavas) {
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
                throw new IllegalArgumentException("a proxy is spoken to over plain http");
            }
            int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
            return new HttpProxy(scheme, new HostAndPort(uri.getHost(), port), credentials(uri), direct());
        } catch (IllegalArgumentException e) {
            // The value may hold a password, so it is not repeated, nor is the parser's message that would.
            throw new InvalidSettingException("the environment variable " + variable
                    + " is not the URL of a proxy: expected one such as http://proxy.example.com:3128");
        }
    }

    private HttpProxy ofJava(String scheme) throws InvalidSettingException {
        try {
            int port = Integer.parseInt(java.getProperty(scheme + ".proxyPort", scheme.equals("https") ? "443" : "80"));
            List<String> direct = Stream.of(
                            java.getProperty("http.nonProxyHosts", JAVA_DIRECT).split("\\|"))
                    .filter(host -> !host.isBlank())
                    // Java writes an IPv6 address as a URL does; a host is compared without the brackets.
                    .map(host -> host.replaceAll("[\\[\\]]", ""))
                    .toList();
            return new HttpProxy(
                    scheme, new HostAndPort(java.getProperty(scheme + ".proxyHost"), port), Optional.empty(), direct);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("the Java property " + scheme + ".proxyHost or " + scheme
                    + ".proxyPort of the agent is not that of a proxy: " + e.getMessage());
        }
    }

    private static HttpProxy ofJenkins(String scheme, JenkinsProxy proxy) throws InvalidSettingException {
        try {
            Optional<BasicCredentials> credentials = proxy.user().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new BasicCredentials(proxy.user(), proxy.password()));
            return new HttpProxy(scheme, new HostAndPort(proxy.host(), proxy.port()), credentials, proxy.direct());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("the HTTP proxy of Manage Jenkins > System is none: " + e.getMessage());
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

    /** A name in no_proxy stands for itself and for what is below it, with a leading dot or without. */
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
