package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.testsite.TestSite;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

/** The connection tests of the forms, with servers on loopback. */
class ConnectionTestTest {
    private static final String KEY = "ss_the-key-that-nobody-sees-0123456789";

    @Test
    void administratorConnectsToAPrivateAddress() {
        try (TestSite site = TestSite.http(request -> TestSite.notFound())) {
            ConnectionTest result =
                    ConnectionTest.ofSites(List.of("http://127.0.0.1:" + site.port() + "/"), null, true);

            assertEquals(List.of(), result.problems());
            assertEquals(List.of("127.0.0.1 port " + site.port() + " (127.0.0.1)"), result.connected());
            assertEquals(0, site.requestCount(), "the test sends no request");
        }
    }

    @Test
    void otherUsersCannotMakeTheControllerConnectToAPrivateAddress() {
        try (TestSite site = TestSite.http(request -> TestSite.notFound())) {
            for (String host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254")) {
                ConnectionTest result =
                        ConnectionTest.ofSites(List.of("http://" + host + ":" + site.port()), null, false);

                assertEquals(List.of(), result.connected(), host);
                assertTrue(result.problems().get(0).contains("not a public address"), result.toString());
                assertTrue(result.problems().get(0).contains("Only administrators"), result.toString());
            }
        }
    }

    @Test
    void otherUsersCannotUseTheProxyOfJenkins() {
        JenkinsProxy proxy = JenkinsProxy.of("127.0.0.1", 1, "", "", "");

        ConnectionTest result = ConnectionTest.ofSites(List.of("https://www.example.com"), proxy, false);

        assertTrue(result.problems().get(0).startsWith("Jenkins uses a proxy"), result.toString());
    }

    @Test
    void refusedConnectionIsOneLine() {
        ConnectionTest result = ConnectionTest.ofSites(List.of("https://127.0.0.1:1/"), null, true);

        assertEquals(List.of("https://127.0.0.1:1/: 127.0.0.1 port 1 refused the connection"), result.problems());
    }

    @Test
    void emptyVariableAndInvalidUrlsAreExplained() {
        assertEquals(
                List.of("Enter a URL first"),
                ConnectionTest.ofSites(List.of(" "), null, true).problems());
        assertTrue(ConnectionTest.ofSites(List.of("https://${HOST}/"), null, true)
                .problems()
                .get(0)
                .contains("variable"));
        assertTrue(ConnectionTest.ofSites(List.of("ftp://x"), null, true)
                .problems()
                .get(0)
                .contains("ftp"));
    }

    @Test
    void onlyTheFirstSitesAreTested() {
        List<String> many = Stream.iterate(1, number -> number + 1)
                .limit(100)
                .map(number -> "https://127.0.0.1:1/" + number)
                .toList();

        assertEquals(
                ConnectionTest.MAX_SITES,
                ConnectionTest.ofSites(many, null, true).problems().size());
    }

    @Test
    void serverThatAcceptsTheKeyPasses() {
        AtomicReference<String> shown = new AtomicReference<>();
        try (TestSite server = TestSite.http(request -> {
            shown.set(TestSite.header(request, "Authorization"));
            return json(404, "{\"ok\":false,\"error\":\"Scan not found\"}");
        })) {
            ConnectionTest result = ConnectionTest.ofServer("http://127.0.0.1:" + server.port(), KEY, null);

            assertEquals(List.of(), result.problems());
            assertEquals(KEY, shown.get());
        }
    }

    @Test
    void serverThatRejectsTheKeyAndOtherServersAreExplained() {
        assertTrue(problem(json(401, "{\"ok\":false,\"error\":\"Invalid API key " + KEY + "\"}"))
                .contains("rejected the API key (401)"));
        assertTrue(problem(json(404, "<h1>Not found</h1>")).contains("has no scan API at this URL"));
        assertTrue(problem(json(200, "<h1>Welcome</h1>")).contains("does not respond as a WebSentry API"));
        assertTrue(problem(json(500, "")).contains("failed (500)"));
    }

    @Test
    void invalidServerAndKeyAreExplained() {
        assertTrue(ConnectionTest.ofServer("http://scan.example.com", "", null)
                .problems()
                .get(0)
                .contains("unencrypted"));
        String problem = ConnectionTest.ofServer("https://scan.example.com", "hunter2 hunter2", null)
                .problems()
                .get(0);
        assertFalse(problem.contains("hunter2"), problem);
    }

    private static String problem(MockResponse response) {
        try (TestSite server = TestSite.http(request -> response)) {
            ConnectionTest result = ConnectionTest.ofServer("http://127.0.0.1:" + server.port(), KEY, null);
            assertEquals(List.of(), result.connected());
            assertFalse(result.problems().get(0).contains(KEY), result.toString());
            return result.problems().get(0);
        }
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }
}
