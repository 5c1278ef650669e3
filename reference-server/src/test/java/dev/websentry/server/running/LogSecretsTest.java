package dev.websentry.server.running;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.Client;
import dev.websentry.server.testing.Sites;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.testing.Vendor;
import java.net.HttpCookie;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A log is read by more people than a database: it must hold nothing that opens an account. */
class LogSecretsTest {
    private static final String PASSWORD = "the first secret password";
    private static final String SECOND = "the second secret password";
    private static final String WRONG = "the wrong secret password";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @ParameterizedTest
    @EnumSource
    void noKeyCookieOrPasswordIsInTheLogOfARun(Vendor vendor) {
        List<String> settings = new ArrayList<>(vendor.freshDatabase());
        settings.addAll(Sites.settings());
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        List<String> secrets = new ArrayList<>(List.of(PASSWORD, SECOND, WRONG));
        try (TestServer server = TestServer.start(settings)) {
            // The console would take minutes for what is kept here.
            root.detachAndStopAllAppenders();
            log.start();
            root.addAppender(log);
            root.setLevel(ch.qos.logback.classic.Level.DEBUG);
            use(server, secrets);
        } finally {
            root.detachAppender(log);
            root.setLevel(ch.qos.logback.classic.Level.WARN);
        }
        String text = log.list.stream()
                .map(event -> event.getFormattedMessage() + " " + event.getMDCPropertyMap() + " "
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .collect(Collectors.joining("\n"));
        assertTrue(text.contains("DispatcherServlet") || text.contains("/api/scan"), "the run is not in the log");
        for (String secret : secrets) {
            int at = text.indexOf(secret);
            assertFalse(
                    at >= 0,
                    () -> "in the log: " + text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 100)));
        }
    }

    private static void use(TestServer server, List<String> secrets) {
        Client client = server.client();
        client.post("/api/auth/signup", credentials(PASSWORD)).is(200);
        server.client().post("/api/auth/login", credentials(WRONG)).is(401);
        server.client()
                .post("/api/auth/login", "{\"email\": 1, \"password\": \"" + WRONG + "\"")
                .is(400);
        client.post("/api/auth/login", credentials(PASSWORD)).is(200);
        remember(client, secrets);
        AccountStore accounts = server.get(AccountStore.class);
        accounts.setPlan(
                accounts.find(Email.parse("log@example.com")).orElseThrow().id(), Plan.PRO);
        String key = client.post("/api/keys", "{\"name\": \"log\"}")
                .is(200)
                .json()
                .get("key")
                .asString();
        secrets.add(key);
        Client program = server.client().withKey(key);
        String id = program.post("/api/scan", "{\"url\": \"" + Sites.BAD + "\"}")
                .is(200)
                .json()
                .get("scanId")
                .asString();
        program.get("/api/scan/" + id + "/json").is(200);
        server.client()
                .withKey("Bearer " + key + "x")
                .get("/api/scan/" + id + "/json")
                .is(401);
        client.post("/api/auth/password", "{\"password\": \"" + PASSWORD + "\", \"newPassword\": \"" + SECOND + "\"}")
                .is(200);
        remember(client, secrets);
        // What fails inside is logged with everything that led there.
        server.get(JdbcClient.class).sql("DROP TABLE api_key").update();
        program.get("/api/scan/" + id + "/json").isError(500, "internal");
    }

    private static void remember(Client client, List<String> secrets) {
        String cookie = client.cookie("SESSION").map(HttpCookie::getValue).orElseThrow();
        secrets.add(cookie);
    }

    private static String credentials(String password) {
        return "{\"email\": \"log@example.com\", \"password\": \"" + password + "\"}";
    }
}
