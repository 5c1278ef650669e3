package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ProxyConfiguration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The proxies of an agent. */
class ProxyEnvironmentTest {
    @Test
    void variablesNameProxiesInEitherCase() throws Exception {
        ProxyConfiguration proxies = proxies(
                Map.of(
                        "HTTPS_PROXY", "http://user:p%40ss@proxy.example.com:3128",
                        "http_proxy", "proxy.example.com",
                        "NO_PROXY", "localhost,.internal.example.com"),
                new Properties());

        HttpProxy https = proxies.forUrl("https", "www.example.com").orElseThrow();
        assertEquals("proxy.example.com:3128", https.address().toString());
        assertEquals("Basic dXNlcjpwQHNz", https.credentials().orElseThrow().authorizationHeader());
        assertEquals(
                8080,
                proxies.forUrl("http", "www.example.com")
                        .orElseThrow()
                        .address()
                        .port());
        assertEquals(Optional.empty(), proxies.forUrl("https", "a.internal.example.com"));
        assertEquals(Optional.empty(), proxies.forUrl("https", "internal.example.com"));
        assertTrue(proxies.forUrl("https", "notinternal.example.com").isPresent());
    }

    @Test
    void javaPropertiesCountWhereNoVariableIsSet() throws Exception {
        Properties java = new Properties();
        java.setProperty("https.proxyHost", "192.0.2.1");
        java.setProperty("https.proxyPort", "3128");
        java.setProperty("http.nonProxyHosts", "localhost|*.example.org");

        ProxyConfiguration proxies = proxies(Map.of(), java);

        assertEquals(
                "192.0.2.1:3128",
                proxies.forUrl("https", "www.example.com")
                        .orElseThrow()
                        .address()
                        .toString());
        assertEquals(Optional.empty(), proxies.forUrl("https", "shop.example.org"));
        assertTrue(proxies(Map.of("no_proxy", "*"), java).isEmpty());
    }

    @Test
    void javaReachesItselfDirectlyWhereNothingElseIsSaid() throws Exception {
        Properties java = new Properties();
        java.setProperty("http.proxyHost", "192.0.2.1");

        ProxyConfiguration proxies = proxies(Map.of(), java);

        assertEquals(Optional.empty(), proxies.forUrl("http", "127.0.0.1"));
        assertEquals(Optional.empty(), proxies.forUrl("http", "::1"));
        assertEquals(
                "192.0.2.1:80",
                proxies.forUrl("https", "www.example.com")
                        .orElseThrow()
                        .address()
                        .toString());
    }

    @Test
    void proxyOfJenkinsCountsWhereTheAgentNamesNone() throws Exception {
        JenkinsProxy jenkins =
                JenkinsProxy.of("proxy.example.com", 3128, "ci", "s3cret", "localhost\n*.internal.example.com|10.*");

        ProxyConfiguration proxies = new ProxyEnvironment(Map.of(), new Properties(), jenkins).proxies();

        HttpProxy https = proxies.forUrl("https", "www.example.com").orElseThrow();
        assertEquals("proxy.example.com:3128", https.address().toString());
        assertEquals("Basic Y2k6czNjcmV0", https.credentials().orElseThrow().authorizationHeader());
        assertEquals(
                "http", proxies.forUrl("http", "www.example.com").orElseThrow().scheme());
        assertEquals(Optional.empty(), proxies.forUrl("https", "a.internal.example.com"));
        assertEquals(Optional.empty(), proxies.forUrl("https", "10.1.2.3"));
        assertTrue(proxies.forUrl("https", "internal.example.com").isPresent(), "Jenkins compares the whole name");
        assertFalse(jenkins.toString().contains("s3cret"), jenkins.toString());
    }

    @Test
    void agentsOwnWordOutranksTheProxyOfJenkins() throws Exception {
        JenkinsProxy jenkins = JenkinsProxy.of("proxy.example.com", 3128, "", "", "");
        Properties java = new Properties();
        java.setProperty("https.proxyHost", "192.0.2.1");

        ProxyConfiguration byVariable =
                new ProxyEnvironment(Map.of("https_proxy", "http://192.0.2.2:1"), java, jenkins).proxies();
        ProxyConfiguration byJava = new ProxyEnvironment(Map.of(), java, jenkins).proxies();
        ProxyConfiguration none = new ProxyEnvironment(Map.of("no_proxy", "*"), new Properties(), jenkins).proxies();

        assertEquals("192.0.2.2:1", place(byVariable));
        assertEquals("192.0.2.1:443", place(byJava));
        assertTrue(none.isEmpty());
        assertEquals(Optional.empty(), byJava.forUrl("http", "www.example.com"));
    }

    @Test
    void wrongProxyOfJenkinsIsNamed() {
        JenkinsProxy jenkins = JenkinsProxy.of("http://proxy", 3128, "ci", "s3cret", "");

        InvalidSettingException e = assertThrows(
                InvalidSettingException.class,
                () -> new ProxyEnvironment(Map.of(), new Properties(), jenkins).proxies());

        assertTrue(e.getMessage().startsWith("the HTTP proxy in Manage Jenkins > System"), e.getMessage());
        assertFalse(e.getMessage().contains("s3cret"), e.getMessage());
    }

    @Test
    void withoutAnyEverythingIsDirect() throws Exception {
        assertTrue(proxies(Map.of("PATH", "/bin"), new Properties()).isEmpty());
    }

    @Test
    void wrongVariableIsNamedWithoutItsPassword() {
        InvalidSettingException e = assertThrows(
                InvalidSettingException.class,
                () -> proxies(Map.of("https_proxy", "socks5://user:secret@proxy:1080"), new Properties()));

        assertTrue(e.getMessage().startsWith("the environment variable https_proxy"), e.getMessage());
        assertFalse(e.getMessage().contains("secret"), e.getMessage());
    }

    private static String place(ProxyConfiguration proxies) {
        return proxies.forUrl("https", "www.example.com")
                .orElseThrow()
                .address()
                .toString();
    }

    private static ProxyConfiguration proxies(Map<String, String> variables, Properties java) throws Exception {
        return new ProxyEnvironment(variables, java, null).proxies();
    }
}
