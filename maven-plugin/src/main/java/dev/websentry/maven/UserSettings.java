package dev.websentry.maven;

import dev.websentry.engine.target.Credentials;
import dev.websentry.engine.target.HostAndPort;
import dev.websentry.engine.target.HttpProxy;
import dev.websentry.engine.target.Proxies;
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

/** What settings.xml holds for this plugin: secrets, decrypted only when they are asked for, and proxies. */
record UserSettings(Settings settings, SettingsDecrypter decrypter) {
    private static final int USUAL_PROXY_PORT = 8080;

    /**
     * A server's user name and password.
     *
     * @param parameter the parameter that names the server, for messages
     */
    Credentials credentials(String parameter, String id) throws MojoExecutionException {
        Server server = server(parameter, id);
        if (isBlank(server.getUsername()) || isBlank(server.getPassword())) {
            throw wrong(parameter, "the server '" + id + "' in settings.xml needs a username and a password");
        }
        try {
            return new Credentials(server.getUsername(), server.getPassword());
        } catch (IllegalArgumentException e) {
            throw wrong(parameter, "the server '" + id + "' in settings.xml: " + e.getMessage());
        }
    }

    /** A server's password, or where it has none the text of this element of its configuration. */
    String secret(String parameter, String id, String element) throws MojoExecutionException {
        Server server = server(parameter, id);
        if (!isBlank(server.getPassword())) {
            return server.getPassword();
        }
        Optional<String> configured = configured(server, element);
        if (configured.isEmpty()) {
            throw wrong(
                    parameter,
                    "the server '" + id + "' in settings.xml needs a password, or a configuration with the element '"
                            + element + "'");
        }
        // Maven decrypts passwords alone.
        Server carrier = new Server();
        carrier.setId(id);
        carrier.setPassword(configured.get());
        return decrypted(parameter, carrier).getPassword();
    }

    /** The active proxies. */
    Proxies proxies() throws MojoExecutionException {
        List<HttpProxy> proxies = new ArrayList<>();
        for (Proxy proxy : settings.getProxies()) {
            if (proxy.isActive()) {
                String name = "proxy '" + proxy.getId() + "' of settings.xml";
                try {
                    proxies.add(httpProxy(decrypted(name, proxy)));
                } catch (IllegalArgumentException e) {
                    throw wrong(name, String.valueOf(e.getMessage()));
                }
            }
        }
        return new Proxies(proxies);
    }

    private static HttpProxy httpProxy(Proxy proxy) {
        String protocol = isBlank(proxy.getProtocol()) ? "http" : proxy.getProtocol();
        int port = proxy.getPort() == 0 ? USUAL_PROXY_PORT : proxy.getPort();
        Optional<Credentials> credentials = isBlank(proxy.getUsername())
                ? Optional.empty()
                : Optional.of(
                        new Credentials(proxy.getUsername(), proxy.getPassword() == null ? "" : proxy.getPassword()));
        List<String> direct = proxy.getNonProxyHosts() == null
                ? List.of()
                : Stream.of(proxy.getNonProxyHosts().split("[|,]"))
                        .map(String::strip)
                        .filter(pattern -> !pattern.isEmpty())
                        .toList();
        String host = proxy.getHost() == null ? "" : proxy.getHost().strip();
        return new HttpProxy(protocol, new HostAndPort(host, port), credentials, direct);
    }

    private Server server(String parameter, String id) throws MojoExecutionException {
        Server server = settings.getServer(id);
        if (server == null) {
            throw wrong(parameter, "settings.xml has no server '" + id + "'");
        }
        return decrypted(parameter, server);
    }

    private Server decrypted(String parameter, Server server) throws MojoExecutionException {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        requireDecrypted(
                parameter,
                "the server '" + server.getId() + "'",
                result,
                result.getServer().getPassword());
        return result.getServer();
    }

    private Proxy decrypted(String parameter, Proxy proxy) throws MojoExecutionException {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(proxy));
        requireDecrypted(parameter, "it", result, result.getProxy().getPassword());
        return result.getProxy();
    }

    private static void requireDecrypted(
            String parameter,
            String whose,
            SettingsDecryptionResult result,
            @org.jspecify.annotations.Nullable String password)
            throws MojoExecutionException {
        boolean failed = result.getProblems().stream()
                .anyMatch(problem -> problem.getSeverity() != SettingsProblem.Severity.WARNING);
        // A Maven that finds no way to decrypt hands on what it read.
        if (failed || (password != null && password.matches("\\{[^{}]*[A-Za-z0-9+/=]{20,}}"))) {
            throw wrong(
                    parameter,
                    "Maven cannot decrypt the password of " + whose
                            + " in settings.xml: is settings-security.xml the one that it was encrypted with?");
        }
    }

    /** By way of its XML, because the type of the configuration is not the same in Maven 3 and 4. */
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
            throw new MojoExecutionException("the configuration of the server '" + server.getId() + "' cannot be read");
        }
    }

    private static boolean isBlank(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.isBlank();
    }

    private static MojoExecutionException wrong(String parameter, String why) {
        return new MojoExecutionException(parameter + ": " + why);
    }
}
