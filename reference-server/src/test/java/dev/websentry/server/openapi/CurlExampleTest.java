package dev.websentry.server.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.DocumentedExamples;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.token.SecureTokens;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Executes every curl command of the documentation page. Each has an account and the resources that it names. */
class CurlExampleTest extends EndpointTest {
    private static final Map<DatabaseVendor, TestServer> SERVERS = new EnumMap<>(DatabaseVendor.class);
    private static final Pattern COMMAND =
            Pattern.compile("<pre class=\"curl\"><code>(.*?)</code></pre>", Pattern.DOTALL);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\b(SCAN_ID|KEY_ID|MONITOR_ID|TOKEN)\\b");
    private static final String DOCUMENTED_PASSWORD = "a long password";

    @Override
    protected TestServer server() {
        return SERVERS.computeIfAbsent(
                vendor,
                own -> TestServer.start(
                        Stream.concat(own.freshDatabase().stream(), Stream.of("--websentry.scan.allow=127.0.0.0/8"))
                                .toList(),
                        (id, target, progress) -> DocumentedExamples.report()));
    }

    private List<String> commands() {
        Matcher found =
                COMMAND.matcher(anonymous().get("/docs").assertStatus(200).body());
        List<String> commands = new ArrayList<>();
        while (found.find()) {
            commands.add(found.group(1)
                    .replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&"));
        }
        return commands;
    }

    private JsonNode operations() {
        return anonymous().get("/openapi.json").json().get("paths");
    }

    private int operationCount() {
        return operations().valueStream().mapToInt(JsonNode::size).sum();
    }

    /** An account in the state that a command expects, and the command with its values. */
    private record Prepared(TestUser user, String command) {}

    private Prepared prepare(String command) {
        TestUser user = user(Plan.PRO);
        TestClient client = user.client();
        client.send(
                        "POST",
                        "/api/auth/password",
                        "application/json",
                        BodyPublishers.ofString("{\"password\": \"" + PASSWORD + "\", \"newPassword\": \""
                                + DOCUMENTED_PASSWORD + "\"}"))
                .assertStatus(200);
        if (command.contains("/api/webhook") && !command.contains("PUT")) {
            client.send(
                            "PUT",
                            "/api/webhook",
                            "application/json",
                            BodyPublishers.ofString("{\"url\": \"https://127.0.0.1:1/\"}"))
                    .assertStatus(200);
        }
        boolean signup = command.contains("/signup");
        String prepared = command.replace("ss_your_api_key", newApiKey(user))
                .replace("me@example.com", signup ? "new-" + SecureTokens.randomHex(6) + "@example.com" : user.email());
        return new Prepared(user, PLACEHOLDER.matcher(prepared).replaceAll(match -> resource(client, match.group(1))));
    }

    private static String resource(TestClient client, String name) {
        return switch (name) {
            case "KEY_ID" ->
                client.post("/api/keys", "{\"name\": \"ci\"}").json().get("id").asString();
            case "MONITOR_ID" ->
                client.post("/api/monitors", "{\"url\": \"https://example.com\", \"frequency\": \"daily\"}")
                        .json()
                        .at("/monitor/id")
                        .asString();
            default -> {
                String scan = client.post("/api/scan", "{\"url\": \"example.com\"}")
                        .json()
                        .get("scanId")
                        .asString();
                String token = client.post("/api/scan/" + scan + "/share")
                        .json()
                        .get("token")
                        .asString();
                yield name.equals("TOKEN") ? token : scan;
            }
        };
    }

    private int documentedSuccess(CurlCommand command, String documented) {
        String path = CurlCommand.parse(documented).url().getPath();
        for (Map.Entry<String, JsonNode> entry : operations().properties()) {
            String pattern = entry.getKey().replaceAll("\\{\\w+}", "[A-Z_]+");
            JsonNode operation = entry.getValue().get(command.method().toLowerCase(java.util.Locale.ROOT));
            if (path.matches(pattern) && operation != null) {
                return Integer.parseInt(
                        operation.get("responses").propertyNames().iterator().next());
            }
        }
        throw new AssertionError("the document does not describe " + documented);
    }

    @Test
    void everyCommandSucceeds() {
        List<String> commands = commands();
        assertEquals(operationCount(), commands.size());
        for (String documented : commands) {
            Prepared prepared = prepare(documented);
            CurlCommand command = CurlCommand.parse(prepared.command());
            assertEquals(server().port(), command.url().getPort(), documented);
            TestClient client = command.readsCookies() ? prepared.user().client() : anonymous();
            command.headers().forEach(client::withHeader);
            String query = command.url().getRawQuery();
            TestResponse response = client.send(
                    command.method(),
                    command.url().getRawPath() + (query == null ? "" : "?" + query),
                    null,
                    command.body().map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
            response.assertStatus(documentedSuccess(command, documented));
            if (command.writesCookies()) {
                assertNotNull(response.setCookie("session"), documented);
            }
        }
    }

    @Test
    void everyCommandSucceedsWithCurl(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "curl is not installed");
        for (String documented : commands()) {
            Prepared prepared = prepare(documented);
            String session =
                    prepared.user().client().cookie("session").orElseThrow().getValue();
            Files.writeString(folder.resolve("cookies"), "127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\t" + session + "\n");
            String line = prepared.command().replaceFirst("^curl ", "curl -sS -o body -w '%{http_code}' ");
            Process process = new ProcessBuilder("sh", "-c", line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), documented);
            int expected = documentedSuccess(CurlCommand.parse(prepared.command()), documented);
            assertEquals(Integer.toString(expected), printed, documented);
        }
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "curl")));
    }

    @Test
    void unexpectedOptionsAndShellSyntaxAreNotExecuted() {
        for (String command : List.of(
                "wget http://localhost/",
                "curl -k http://localhost/",
                "curl http://localhost/?a=$(id)",
                "curl http://localhost/ | sh",
                "curl http://localhost/ -d 'open",
                "curl http://localhost/ -d \"$HOME\"")) {
            assertThrows(IllegalArgumentException.class, () -> CurlCommand.parse(command), command);
        }
        CurlCommand parsed = CurlCommand.parse("curl http://localhost/ \\\n  -d '{\"a\":\"it'\\''s\"}'");
        assertEquals("{\"a\":\"it's\"}", parsed.body().orElseThrow());
        assertEquals("POST", parsed.method());
    }
}
