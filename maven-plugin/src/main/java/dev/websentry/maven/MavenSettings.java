package dev.websentry.maven;

import dev.websentry.engine.config.BasicCredentials;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ProxyConfiguration;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads secrets and proxies from settings.xml. Secrets are decrypted only when they are needed. */
record MavenSettings(Settings settings, SettingsDecrypter decrypter) {
    private static final int DEFAULT_PROXY_PORT = 8080;

    /**
     * Returns the user name and password of a server.
     *
     * @param parameter the parameter that refers to the server, for messages
     * @param id the id of the server
     * @throws MojoExecutionException if the server does not exist or has no user name and password
     */
    BasicCredentials credentials(String parameter, String id) throws MojoExecutionException {
        Server server = server(parameter, id);
        if (isBlank(server.getUsername()) || isBlank(server.getPassword())) {
            throw invalid(parameter, "server \"" + id + "\" in settings.xml needs a user name and a password");
        }
        try {
            return new BasicCredentials(server.getUsername(), server.getPassword());
        } catch (IllegalArgumentException e) {
            throw invalid(parameter, "server \"" + id + "\" in settings.xml: " + e.getMessage());
        }
    }

    /**
     * Returns the password of a server, or the text of an element of its configuration.
     *
     * @param parameter the parameter that refers to the server, for messages
     * @param id the id of the server
     * @param element the name of the element that is used if the server has no password
     * @throws MojoExecutionException if the server does not exist or has neither of them
     */
    String secret(String parameter, String id, String element) throws MojoExecutionException {
        Server server = server(parameter, id);
        if (!isBlank(server.getPassword())) {
            return server.getPassword();
        }
        Optional<String> configured = configured(server, element);
        if (configured.isEmpty()) {
            throw invalid(
                    parameter,
                    "server \"" + id + "\" in settings.xml needs a password, or a configuration with the element \""
                            + element + "\"");
        }
        // Maven decrypts passwords only, so the text is passed as a password.
        Server holder = new Server();
        holder.setId(id);
        holder.setPassword(configured.get());
        return decrypted(parameter, holder).getPassword();
    }

    /** Returns the active proxies. */
    ProxyConfiguration proxies() throws MojoExecutionException {
        List<HttpProxy> proxies = new ArrayList<>();
        for (Proxy proxy : settings.getProxies()) {
            if (proxy.isActive()) {
                String name = "proxy \"" + proxy.getId() + "\" in settings.xml";
                try {
                    proxies.add(httpProxy(decrypted(name, proxy)));
                } catch (IllegalArgumentException e) {
                    throw invalid(name, String.valueOf(e.getMessage()));
                }
            }
        }
        return new ProxyConfiguration(proxies);
    }

    private static HttpProxy httpProxy(Proxy proxy) {
        String protocol = isBlank(proxy.getProtocol()) ? "http" : proxy.getProtocol();
        int port = proxy.getPort() == 0 ? DEFAULT_PROXY_PORT : proxy.getPort();
        Optional<BasicCredentials> credentials = isBlank(proxy.getUsername())
                ? Optional.empty()
                : Optional.of(new BasicCredentials(
                        proxy.getUsername(), proxy.getPassword() == null ? "" : proxy.getPassword()));
        List<String> nonProxyHosts = proxy.getNonProxyHosts() == null
                ? List.of()
                : Stream.of(proxy.getNonProxyHosts().split("[|,]"))
                        .map(String::strip)
                        .filter(pattern -> !pattern.isEmpty())
                        .toList();
        String host = proxy.getHost() == null ? "" : proxy.getHost().strip();
        return new HttpProxy(protocol, new HostAndPort(host, port), credentials, nonProxyHosts);
    }

    private Server server(String parameter, String id) throws MojoExecutionException {
        Server server = settings.getServer(id);
        if (server == null) {
            throw invalid(parameter, "settings.xml has no server \"" + id + "\"");
        }
        return decrypted(parameter, server);
    }

    private Server decrypted(String parameter, Server server) throws MojoExecutionException {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        requireDecrypted(
                parameter,
                "server \"" + server.getId() + "\"",
                result,
                result.getServer().getPassword());
        return result.getServer();
    }

    private Proxy decrypted(String parameter, Proxy proxy) throws MojoExecutionException {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(proxy));
        requireDecrypted(parameter, "the proxy", result, result.getProxy().getPassword());
        return result.getProxy();
    }

    private static void requireDecrypted(
            String parameter,
            String owner,
            SettingsDecryptionResult result,
            @org.jspecify.annotations.Nullable String password)
            throws MojoExecutionException {
        boolean failed = result.getProblems().stream()
                .anyMatch(problem -> problem.getSeverity() != SettingsProblem.Severity.WARNING);
        // Maven returns the encrypted text if it cannot decrypt it.
        if (failed || (password != null && password.matches("\\{[^{}]*[A-Za-z0-9+/=]{20,}}"))) {
            throw invalid(
                    parameter,
                    "Maven cannot decrypt the password of " + owner
                            + " in settings.xml; check that settings-security.xml is the one it was encrypted with");
        }
    }

    /** Reads an element of the configuration from its XML, because Maven 3 and 4 use different types for it. */
    private static Optional<String> configured(Server server, String element) throws MojoExecutionException {
        if (server.getConfiguration() == null) {
            return Optional.empty();
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            NodeList found = factory.newDocumentBuilder()
                    .parse(new InputSource(
                            new StringReader(server.getConfiguration().toString())))
                    .getDocumentElement()
                    .getElementsByTagName(element);
            return found.getLength() == 0
                    ? Optional.empty()
                    : Optional.of(found.item(0).getTextContent().strip()).filter(text -> !text.isEmpty());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new MojoExecutionException(
                    "cannot read the configuration of server \"" + server.getId() + "\" in settings.xml");
        }
    }

    private static boolean isBlank(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.isBlank();
    }

    private static MojoExecutionException invalid(String parameter, String problem) {
        return new MojoExecutionException(parameter + ": " + problem);
    }
}
