package dev.websentry.server.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.report.Grade;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.alert.Subscription.EmailKind;
import dev.websentry.server.email.EmailPreference;
import dev.websentry.server.email.EmailPreferenceRepository;
import dev.websentry.server.encryption.SecretCipher;
import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.monitor.MonitorRepository;
import dev.websentry.server.monitor.MonitorService;
import dev.websentry.server.testing.EmailEndpointTest;
import dev.websentry.server.testing.MutableClock;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestMailServer.ReceivedEmail;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.token.SecureTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The unsubscribe links of e-mails, from the mailbox to the choice of the account. */
class UnsubscribeTest extends EmailEndpointTest {
    private static final Pattern HEADER = Pattern.compile(
            "List-Unsubscribe:\\s+<(https?)://sentry\\.example\\.com(/unsubscribe\\?token=([\\w.-]+))>");
    private static final String ONE_CLICK = "List-Unsubscribe=One-Click";
    private static final String MULTIPART =
            "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n" + "One-Click\r\n--b--\r\n";

    private final String host = "shop-" + SecureTokens.randomHex(6) + ".example.com";
    private final String address = "me-" + SecureTokens.randomHex(6) + "@example.com";

    @Test
    void oneClickOfAMailProgramEndsAllAlertsAndOpeningTheLinkEndsNothing() {
        try (TestServer server = startWithHttps()) {
            Account account = verifiedAccount(server);
            Monitor monitor = monitor(server, account);
            ReceivedEmail email = droppedGrade(server);
            Matcher link = link(email);
            assertEquals("https", link.group(1));
            assertTrue(email.raw().contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), email.raw());
            assertTrue(email.text().contains(link.group(2)) && email.html().contains(link.group(2)), email.text());
            assertRevealsNothing(link.group(3), account, monitor);

            for (int i = 0; i < 3; i++) {
                String page =
                        server.client().get(link.group(2)).assertStatus(200).body();
                assertTrue(page.contains("Stop all alerts") && page.contains("https://" + host), page);
                assertFalse(page.contains(address), page);
            }
            assertEquals(Optional.of(new EmailPreference(address, true, true)), preference(server, account));

            for (int i = 0; i < 2; i++) {
                String page = post(server.client(), link.group(2), "application/x-www-form-urlencoded", ONE_CLICK)
                        .assertStatus(200)
                        .body();
                assertTrue(page.contains("You are unsubscribed"), page);
                assertEquals(Optional.of(new EmailPreference(address, false, true)), preference(server, account));
            }
            assertTrue(server.get(MonitorRepository.class)
                    .find(account.id(), monitor.id())
                    .orElseThrow()
                    .emailAlerts());
        }
    }

    @Test
    void multipartRequestEndsTheSummaryAndAPageOnPlainHttpOffersNoOneClick() {
        Account account = verifiedAccount(server());
        monitor(server(), account);
        server().get(WeeklySummary.class).queueDue(server().clock().instant().plus(Duration.ofDays(8)));
        ReceivedEmail email = MAIL.await(address, 1).get(0);
        assertEquals("Weekly summary of 1 monitored site", email.subject());
        assertFalse(email.raw().contains("List-Unsubscribe-Post"), email.raw());
        Matcher link = link(email);
        String page = server().client().get(link.group(2)).assertStatus(200).body();
        assertTrue(page.contains("Stop the weekly summary") && !page.contains(host), page);
        post(server().client(), link.group(2), "multipart/form-data; boundary=b", MULTIPART)
                .assertStatus(200);
        assertEquals(Optional.of(new EmailPreference(address, true, false)), preference(server(), account));
    }

    @Test
    void alertsAboutOneMonitorCanBeEnded() {
        Account account = verifiedAccount(server());
        Monitor monitor = monitor(server(), account);
        Matcher link = link(droppedGrade(server()));
        String page = server().client()
                .submit(link.group(2), "/unsubscribe", "token", link.group(3), "scope", "monitor")
                .assertStatus(200)
                .body();
        assertTrue(page.contains("No more alerts about"), page);
        assertEquals(Optional.of(new EmailPreference(address, true, true)), preference(server(), account));
        MonitorRepository monitors = server().get(MonitorRepository.class);
        assertFalse(monitors.find(account.id(), monitor.id()).orElseThrow().emailAlerts());
        monitors.delete(account.id(), monitor.id());
        page = server().client().get(link.group(2)).assertStatus(200).body();
        assertTrue(page.contains("Stop all alerts") && !page.contains("Stop alerts about"), page);
        server().get(AccountRepository.class).delete(account.id());
        post(server().client(), link.group(2), "application/x-www-form-urlencoded", ONE_CLICK)
                .assertStatus(200);
    }

    @Test
    void forgedTokensAreNotValid() {
        Account account = verifiedAccount(server());
        String url = server().get(UnsubscribeLinks.class)
                .create(new Subscription(EmailKind.ALERTS, account.id(), Optional.empty()));
        String token = url.substring(url.indexOf('=') + 1);
        List<String> forged = new ArrayList<>(List.of("", "x", "v1", "v1..", "a".repeat(2000), account.id()));
        for (int i = 0; i < token.length() - 1; i += 7) {
            forged.add(token.substring(0, i) + (token.charAt(i) == 'a' ? 'b' : 'a') + token.substring(i + 1));
            forged.add(token.substring(0, i));
        }
        // The key also encrypts webhooks, e-mails and the cookies of browsers.
        forged.add(server().get(SecretCipher.class)
                .encrypt("device " + account.id() + " x 1")
                .replace('+', '-')
                .replace('/', '_')
                .replace("=", ""));
        for (String wrong : forged) {
            String path = "/unsubscribe?token=" + wrong;
            assertTrue(server().client().get(path).assertStatus(200).body().contains("The link is not valid"), wrong);
            post(server().client(), path, "application/x-www-form-urlencoded", ONE_CLICK)
                    .assertStatus(404);
        }
        assertEquals(Optional.of(new EmailPreference(address, true, true)), preference(server(), account));
    }

    /** A script or form of another site could not know the token, and is refused anyway. */
    @Test
    void requestOfAnotherSiteIsRefused() {
        Account account = verifiedAccount(server());
        String url = server().get(UnsubscribeLinks.class)
                .create(new Subscription(EmailKind.ALERTS, account.id(), Optional.empty()));
        TestClient client = server().client().withHeader("Sec-Fetch-Site", "cross-site");
        post(client, url.replace("http://sentry.example.com", ""), "application/x-www-form-urlencoded", ONE_CLICK)
                .assertStatus(403);
        assertEquals(Optional.of(new EmailPreference(address, true, true)), preference(server(), account));
    }

    private TestServer startWithHttps() {
        MutableClock clock = new MutableClock();
        clock.set(clock().instant());
        List<String> settings = new ArrayList<>(MAIL.settings(vendor.freshDatabase()));
        settings.add("--websentry.public-url=https://sentry.example.com");
        return TestServer.start(settings, clock, SCANNER);
    }

    private Account verifiedAccount(TestServer server) {
        Account account = server.get(AccountRepository.class)
                .create(Email.parse(address), "none", Plan.AGENCY)
                .orElseThrow();
        server.get(EmailPreferenceRepository.class).markVerified(account.id(), address);
        return account;
    }

    private Monitor monitor(TestServer server, Account account) {
        return server.get(MonitorService.class).create(account, "https://" + host, "daily", true);
    }

    private ReceivedEmail droppedGrade(TestServer server) {
        SCANNER.setGrade(host, Grade.C);
        server.clock().set(monday());
        return MAIL.await(address, 1).get(0);
    }

    private static Matcher link(ReceivedEmail email) {
        Matcher link = HEADER.matcher(email.raw());
        assertTrue(link.find(), email.raw());
        return link;
    }

    private static void assertRevealsNothing(String token, Account account, Monitor monitor) {
        StringBuilder readable = new StringBuilder(token);
        for (String part : token.split("\\.")) {
            readable.append(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.ISO_8859_1));
        }
        for (String hidden : List.of(account.id(), monitor.id(), "example", "ALERTS")) {
            assertFalse(readable.toString().contains(hidden), hidden);
        }
    }

    private static Optional<EmailPreference> preference(TestServer server, Account account) {
        return server.get(EmailPreferenceRepository.class).find(account.id());
    }

    private static TestResponse post(TestClient client, String path, String type, String body) {
        return client.send("POST", path, type, BodyPublishers.ofString(body));
    }
}
