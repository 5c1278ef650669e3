package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.report.Grade;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.email.EmailPreferenceRepository;
import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.monitor.MonitorRepository;
import dev.websentry.server.monitor.MonitorService;
import dev.websentry.server.monitor.ScriptedScanner;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.FreePort;
import dev.websentry.server.testing.MutableClock;
import dev.websentry.server.testing.TestMailServer;
import dev.websentry.server.testing.TestMailServer.ReceivedEmail;
import dev.websentry.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The confirmation of an address in the browser, and how the e-mails look. 2030-06-03 is a Monday. */
@RequiresBrowser
class EmailFlowIT {
    private static final String ADDRESS = "ada@example.com";
    private static final String SITE = "https://shop.example.org";
    private static final Instant SUNDAY = Instant.parse("2030-06-02T12:00:00Z");
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+(/verify-email\\?token=\\S+)");
    private static final Pattern UNSUBSCRIBE =
            Pattern.compile("http://127\\.0\\.0\\.1:\\d+(/unsubscribe\\?token=\\S+)");

    private final TestMailServer mail = TestMailServer.start();
    private final ScriptedScanner scanner = new ScriptedScanner();
    private TestServer server;
    private Account account;

    @BeforeEach
    void start() {
        int port = FreePort.find();
        List<String> settings = new ArrayList<>(mail.settings(DatabaseVendor.SQLITE.freshDatabase()));
        settings.add("--server.port=" + port);
        settings.add("--websentry.public-url=http://127.0.0.1:" + port);
        MutableClock clock = new MutableClock();
        clock.set(SUNDAY);
        server = TestServer.start(settings, clock, scanner);
        AccountRepository accounts = server.get(AccountRepository.class);
        String hash = server.get(PasswordEncoder.class).encode(BrowserTestServer.PASSWORD);
        account = accounts.create(Email.parse(ADDRESS), hash, Plan.PRO).orElseThrow();
    }

    @AfterEach
    void stop() {
        server.close();
        mail.close();
    }

    @ParameterizedTest
    @EnumSource
    void addressIsConfirmedAndTheChoiceIsSaved(ScreenSize screen) throws IOException {
        try (Browser browser = BrowserTestServer.logIn(new Browser(server.url(), screen), account)) {
            browser.open("/account").clickAndWait("E-mail settings").awaitText("Confirm your address");
            check(browser, screen, "email-unconfirmed");
            browser.clickAndWait("Send the link", "form").awaitText("A link was sent");
            browser.open(link(mail.await(ADDRESS, 1).get(0))).awaitText("will receive alerts");
            check(browser, screen, "verify-email");
            browser.clickAndWait("Confirm the address", "form").awaitText("The address is confirmed");
            check(browser, screen, "verify-email-done");
            browser.clickAndWait("Choose what you receive").awaitText("What you receive");
            check(browser, screen, "email");
            assertEquals(2, browser.count("input[type=checkbox]:checked"));
            browser.run("document.querySelector('[name=summary]').click()");
            browser.clickAndWait("Save", "form").awaitText("Your choice was saved.");
            assertEquals(1, browser.count("input[type=checkbox]:checked"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void alertsAreEndedWithTheLinkOfAnEmail(ScreenSize screen) throws IOException {
        server.get(EmailPreferenceRepository.class).markVerified(account.id(), ADDRESS);
        Monitor monitor = server.get(MonitorService.class).create(account, SITE, "daily", true);
        scanner.setGrade("shop.example.org", Grade.C);
        server.clock().set(Instant.parse("2030-06-03T06:00:00Z"));
        String link = link(mail.await(ADDRESS, 1).get(0), UNSUBSCRIBE);
        try (Browser browser = new Browser(server.url(), screen)) {
            browser.open(link).awaitText("Unsubscribe");
            check(browser, screen, "unsubscribe");
            browser.clickAndWait("Stop alerts about " + SITE).awaitText("You are unsubscribed");
            check(browser, screen, "unsubscribe-monitor-done");
            BrowserTestServer.logIn(browser, account).open("/monitors").awaitText("no e-mail alerts");
            check(browser, screen, "monitors-muted");
            browser.clickAndWait("Unmute e-mail alerts about " + SITE)
                    .awaitText("E-mail alerts about the monitor were turned on.");
            browser.clickAndWait("Mute e-mail alerts about " + SITE)
                    .awaitText("E-mail alerts about the monitor were turned off.");
            assertFalse(server.get(MonitorRepository.class)
                    .find(account.id(), monitor.id())
                    .orElseThrow()
                    .emailAlerts());
            browser.open(link).clickAndWait("Stop all alerts").awaitText("No more alerts are sent to you by e-mail.");
            check(browser, screen, "unsubscribe-done");
            browser.clickAndWait("Change your choice").awaitText("What you receive");
            assertEquals(1, browser.count("input[type=checkbox]:checked"));
            browser.open("/unsubscribe?token=x").awaitText("The link is not valid");
            check(browser, screen, "unsubscribe-invalid");
        }
    }

    /** The e-mails as a mailbox shows them, wide and on a phone. */
    @Test
    void emailsAreAccessibleAndFitAPhone() throws IOException {
        String expires = "2030-06-16T00:00:00Z";
        scanner.setCertificate("shop.example.org", "13 days of 90 days remain, until " + expires);
        try (Browser browser = BrowserTestServer.logIn(new Browser(server.url(), ScreenSize.DESKTOP), account)) {
            browser.open("/account/email").clickAndWait("Send the link", "form").awaitText("A link was sent");
            browser.open(link(mail.await(ADDRESS, 1).get(0)))
                    .clickAndWait("Confirm the address", "form")
                    .awaitText("The address is confirmed");
            browser.open("/monitors")
                    .type("url", SITE)
                    .choose("frequency", "daily")
                    .clickAndWait("Add the monitor");
            browser.awaitText("The monitor was added");
            scanner.setGrade("shop.example.org", Grade.C);
            server.clock().set(Instant.parse("2030-06-03T06:00:00Z"));
            mail.await(ADDRESS, 3);
            server.clock().set(Instant.parse("2030-06-10T07:00:00Z"));
            List<ReceivedEmail> emails = mail.await(ADDRESS, 4);
            for (ReceivedEmail email : emails) {
                show(browser, email);
            }
            assertTrue(emails.stream().anyMatch(email -> email.subject().startsWith("Weekly")), emails::toString);
        }
    }

    private static void show(Browser browser, ReceivedEmail email) throws IOException {
        String name = "mail-" + email.subject().replaceAll("[^A-Za-z0-9]+", "-").toLowerCase();
        Path file = Files.writeString(Files.createTempDirectory("mail").resolve(name + ".html"), email.html());
        for (ScreenSize screen : ScreenSize.values()) {
            browser.resize(screen).open(file.toUri().toString());
            browser.assertAccessible(name);
            assertFalse(browser.isWiderThanScreen(), name + " is wider than the screen");
            save(browser.screenshot(), name + "-" + screen.name().toLowerCase() + ".png");
        }
        save(email.text().getBytes(java.nio.charset.StandardCharsets.UTF_8), name + ".txt");
    }

    private static void check(Browser browser, ScreenSize screen, String name) throws IOException {
        for (String theme : new String[] {"light", "dark"}) {
            String shown = name + "-" + screen.name().toLowerCase() + "-" + theme;
            browser.setTheme(theme).assertAccessible(shown);
            assertFalse(browser.isWiderThanScreen(), shown + " is wider than the screen");
            save(browser.screenshot(), shown + ".png");
        }
        browser.setTheme("light");
    }

    private static String link(ReceivedEmail email) {
        return link(email, LINK);
    }

    private static String link(ReceivedEmail email, Pattern pattern) {
        Matcher link = pattern.matcher(email.text());
        assertTrue(link.find(), email.text());
        return link.group(1);
    }

    private static void save(byte[] content, String name) throws IOException {
        String folder = System.getProperty("websentry.screenshots", "");
        if (!folder.isEmpty()) {
            Files.write(Files.createDirectories(Path.of(folder)).resolve(name), content);
        }
    }
}
