package dev.websentry.server.browser;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Passwords;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.testing.Vendor;
import dev.websentry.server.token.Tokens;
import dev.websentry.testsite.demo.DemoSite;
import dev.websentry.testsite.demo.GoodSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A server with the real engine and two sites on loopback that it may scan: {@code www.example.com}, which is well
 * configured, and {@code shop.example.org}, which has common mistakes. Started once for all tests.
 */
final class Installation {
    static final String PASSWORD = "correct horse battery";
    static final String GOOD = "www.example.com";
    static final String BAD = "shop.example.org";

    private static Installation running;

    private final LoopbackSite good = GoodSite.start();
    private final LoopbackSite bad = DemoSite.start();
    private final LoopbackDns dns = LoopbackDns.start();
    private final TestServer server;

    private Installation() {
        List<String> settings = new ArrayList<>(Vendor.SQLITE.freshDatabase());
        settings.addAll(scanSettings());
        server = TestServer.start(settings);
    }

    static synchronized Installation running() {
        if (running == null) {
            running = new Installation();
        }
        return running;
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

    Browser browser(Screen screen) {
        return new Browser(server.url(), screen);
    }

    /** Creates an account without a session. */
    Account account(Plan plan) {
        AccountStore accounts = server.get(AccountStore.class);
        String hash = server.get(Passwords.class).hash(PASSWORD);
        Account created = accounts.create(Email.parse("ada-" + Tokens.hex(4) + "@example.com"), hash)
                .orElseThrow();
        accounts.setPlan(created.id(), plan);
        return accounts.find(created.id()).orElseThrow();
    }

    /** Inserts a scan that appears to run on another node, for pages that show the progress of a scan. */
    String endlessScan(Account account) {
        String id = Tokens.hex(16);
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
        server.get(AccountStore.class).setAdmin(account.id(), true);
        return account;
    }

    /** Returns a browser session in which the account is logged in. */
    Browser loggedIn(Screen screen, Account account) {
        return logIn(browser(screen), account);
    }

    static Browser logIn(Browser browser, Account account) {
        return browser.go("/login")
                .type("email", account.email())
                .type("password", PASSWORD)
                .press("Log in", "form")
                .sees("Your latest scans");
    }

    /** Scans a site in the browser and waits for its report. */
    static Browser scan(Browser browser, String url) {
        return browser.go("/").type("url", url).press("Scan", "form").sees("of 100");
    }
}
