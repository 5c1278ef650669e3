package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.BasicCredentials;
import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.job.Option;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SecretResolverTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("WEBSENTRY_API_KEY", "ss_env", "WEBSENTRY_CLIENT_KEY_STORE_PASSWORD", "pw-env");

    private final Settings settings = new Settings();

    /** Returns everything unchanged, because nothing is encrypted. */
    private record UnencryptedSettings(SettingsDecryptionRequest request) implements SettingsDecryptionResult {
        @Override
        public Server getServer() {
            return getServers().get(0);
        }

        @Override
        public List<Server> getServers() {
            return request.getServers();
        }

        @Override
        public Proxy getProxy() {
            return getProxies().get(0);
        }

        @Override
        public List<Proxy> getProxies() {
            return request.getProxies();
        }

        @Override
        public List<SettingsProblem> getProblems() {
            return List.of();
        }
    }

    private MavenSettings user() {
        SettingsDecrypter decrypter = UnencryptedSettings::new;
        return new MavenSettings(settings, decrypter);
    }

    private SecretResolver secrets() {
        return new SecretResolver(user(), ENVIRONMENT);
    }

    private void server(String id, String user, String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(user);
        server.setPassword(password);
        settings.addServer(server);
    }

    private static String error(Executable executable) {
        return String.valueOf(
                assertThrows(MojoExecutionException.class, executable).getMessage());
    }

    @Test
    void parameterHasPriorityOverSettingsXmlAndEnvironment() throws Exception {
        server("websentry", null, "ss_settings");
        assertEquals("ss_given", secrets().apiKey("https://a.example", "ss_given", "websentry"));
        assertEquals("ss_settings", secrets().apiKey("https://a.example", null, "websentry"));
        assertEquals("ss_env", secrets().apiKey("https://a.example", null, null));
        assertNull(secrets().apiKey(null, null, null));
        assertEquals("pw-env", secrets().keyStorePassword(new File("a.p12"), null, null));
        assertEquals("ss_settings", secrets().keyStorePassword(new File("a.p12"), null, "websentry"));
    }

    @Test
    void parametersOfAServerOrKeyStoreRequireOne() {
        assertTrue(error(() -> secrets().apiKey(" ", null, "websentry"))
                .startsWith("serverId (-Dwebsentry.serverId): applies only to remote scans"));
        assertTrue(error(() -> secrets().apiKey(null, "ss_x", null)).startsWith("apiKey (-Dwebsentry.apiKey): "));
        assertTrue(error(() -> secrets().keyStorePassword(null, null, "x"))
                .startsWith("clientKeyStoreServerId (-Dwebsentry.clientKeyStoreServerId): no key store is set"));
    }

    @Test
    void unknownServerIsReported() {
        assertEquals(
                "serverId (-Dwebsentry.serverId): settings.xml has no server \"nobody\"",
                error(() -> secrets().apiKey("https://a.example", null, "nobody")));
        assertEquals(
                "authServerId (-Dwebsentry.authServerId): settings.xml has no server \"nobody\"",
                error(() -> secrets().auth("nobody")));
    }

    @Test
    void credentialsRequireAUserNameAndAPassword() throws Exception {
        server("site", "me", "hunter2");
        assertEquals(
                Optional.of(new BasicCredentials("me", "hunter2")), secrets().auth("site"));
        server("nameless", null, "hunter2");
        assertEquals(
                "authServerId (-Dwebsentry.authServerId): server \"nameless\" in settings.xml needs a user name and a password",
                error(() -> secrets().auth("nameless")));
        server("colon", "me:you", "hunter2");
        String message = error(() -> secrets().auth("colon"));
        assertTrue(message.endsWith("must not be empty or contain a colon"), message);
        assertFalse(message.contains("hunter2"));
    }

    @Test
    void serverWithoutASecretIsReported() {
        server("empty", "me", null);
        assertTrue(error(() -> secrets().apiKey("https://a.example", null, "empty"))
                .endsWith("needs a password, or a configuration with the element \"apiKey\""));
    }

    @Test
    void passwordThatCannotBeDecryptedIsNotUsed() {
        server("locked", "me", "{COQLCE6DU6GtcS5PCOQLCE6DU6GtcS5P=}");
        String message = error(() -> secrets().auth("locked"));
        assertTrue(message.contains("Maven cannot decrypt the password of server \"locked\""), message);
        assertFalse(message.contains("COQLCE"), message);
    }

    @Test
    void activeProxiesAreUsed() throws Exception {
        settings.addProxy(proxy("off", false, "http", "off.example", 1));
        settings.addProxy(proxy("on", true, "http", "proxy.example", 3128));
        ProxyConfiguration proxies = user().proxies();
        HttpProxy proxy = proxies.forUrl("https", "www.example.com").orElseThrow();
        assertEquals("the proxy proxy.example:3128", proxy.toString());
        assertEquals(Optional.of(new BasicCredentials("me", "hunter2")), proxy.credentials());
        assertTrue(proxies.forUrl("https", "a.corp.example").isEmpty());
        assertTrue(proxies.forUrl("http", "LOCALHOST").isEmpty());
    }

    @Test
    void proxyOfTheProtocolOfTheUrlHasPriority() throws Exception {
        settings.addProxy(proxy("plain", true, "http", "plain.example", 3128));
        settings.addProxy(proxy("secure", true, "https", "secure.example", 3128));
        assertEquals(
                "secure.example",
                user().proxies()
                        .forUrl("https", "example.com")
                        .orElseThrow()
                        .address()
                        .host());
        assertEquals(
                "plain.example",
                user().proxies()
                        .forUrl("http", "example.com")
                        .orElseThrow()
                        .address()
                        .host());
    }

    @Test
    void unsupportedProxyIsReported() {
        settings.addProxy(proxy("odd", true, "socks5", "proxy.example", 1080));
        assertTrue(
                error(() -> user().proxies()).startsWith("proxy \"odd\" in settings.xml: unknown protocol 'socks5' of a proxy"));
    }

    @Test
    void everyOptionHasAParameterName() {
        for (Option option : Option.values()) {
            assertTrue(
                    ParameterNames.of(option).contains("websentry.") || option == Option.PROXY,
                    ParameterNames.of(option));
        }
    }

    private static Proxy proxy(String id, boolean active, String protocol, String host, int port) {
        Proxy proxy = new Proxy();
        proxy.setId(id);
        proxy.setActive(active);
        proxy.setProtocol(protocol);
        proxy.setHost(host);
        proxy.setPort(port);
        proxy.setUsername("me");
        proxy.setPassword("hunter2");
        proxy.setNonProxyHosts("localhost|*.corp.example");
        return proxy;
    }
}
