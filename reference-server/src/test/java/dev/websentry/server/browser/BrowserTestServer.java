package dev.websentry.server.browser;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.token.SecureTokens;
import dev.websentry.testsite.demo.DemoSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import dev.websentry.testsite.demo.WellConfiguredSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * A server with the real engine and two sites on loopback that it may scan: {@code www.example.com}, which is well
 * configured, and {@code shop.example.org}, which has common mistakes. Started once for all tests.
 */
final class BrowserTestServer {
    static final String PASSWORD = "correct horse battery";
    static final String GOOD = "www.example.com";
    static final String BAD = "shop.example.org";

    private static BrowserTestServer shared;

    private final LoopbackSite good = WellConfiguredSite.start();
    private final LoopbackSite bad = DemoSite.start();
    private final LoopbackDns dns = LoopbackDns.start();
    private final TestServer server;

    private BrowserTestServer() {
        List<String> settings = new ArrayList<>(DatabaseVendor.SQLITE.freshDatabase());
        settings.addAll(scanSettings());
        server = TestServer.start(settings);
    }

    static synchronized BrowserTestServer shared() {
        if (shared == null) {
            shared = new BrowserTestServer();
        }
        return shared;
    }

    private List<String> scanSettings() {
        try {
            Path folder = Files.createTempDirectory("websentry-sites");
            Path anchor = Files.writeString(folder.resolve("trust-anchor"), dns.trustAnchor() + "\n");
            Path roots = Files.writeString(folder.resolve("roots.pem"), good.rootPem() + bad.rootPem());
            return List.of(
                    "--websentry.scan.allow=127.0.0.0/8",
                    "--websentry.scan.dns-servers=" + dns.server(),
                    "--websentry.scan.trust-anchor=" + anchor,
                    "--websentry.scan.ca-certificates=" + roots,
                    "--websentry.scan.resolve="
                            + String.join(
                                    ",",
                                    Stream.concat(good.resolve().stream(), bad.resolve().stream())
                                            .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestServer server() {
        return server;
    }

    Browser browser(ScreenSize screen) {
        return new Browser(server.url(), screen);
    }

    /** Creates an account without a session. */
    Account account(Plan plan) {
        AccountRepository accounts = server.get(AccountRepository.class);
        String hash = server.get(PasswordEncoder.class).encode(PASSWORD);
        Account created = accounts.create(Email.parse("ada-" + SecureTokens.randomHex(4) + "@example.com"), hash, plan)
                .orElseThrow();
        return created;
    }

    /** Inserts a scan that appears to run on another node, for pages that show the progress of a scan. */
    String insertRunningScan(Account account) {
        String id = SecureTokens.randomHex(16);
        server.get(JdbcClient.class)
                .sql("INSERT INTO scan (id, account_id, url, site, state, created_at)"
                        + " VALUES (:id, :account, :site, :site, 'running', :now)")
                .param("id", id)
                .param("account", account.id())
                .param("site", GOOD)
                .param("now", server.get(Clock.class).millis())
                .update();
        return id;
    }

    Account admin() {
        Account account = account(Plan.PRO);
        server.get(AccountRepository.class).setAdmin(account.id(), true);
        return account;
    }

    /** Returns a browser session in which the account is logged in. */
    Browser loggedIn(ScreenSize screen, Account account) {
        return logIn(browser(screen), account);
    }

    static Browser logIn(Browser browser, Account account) {
        return browser.open("/login")
                .type("email", account.email())
                .type("password", PASSWORD)
                .clickAndWait("Log in", "form")
                .awaitText("Your latest scans");
    }

    /** Scans a site in the browser and waits for its report. */
    static Browser scan(Browser browser, String url) {
        return browser.open("/").type("url", url).clickAndWait("Scan", "form").awaitText("of 100");
    }
}
