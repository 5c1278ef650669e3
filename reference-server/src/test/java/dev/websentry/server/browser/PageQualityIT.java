package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * Checks each page in both screen sizes and both themes: it passes axe-core's accessibility rules, is not wider than
 * the screen, and is at most 150 KB including its resources. With {@code -Dwebsentry.screenshots=FOLDER} it also saves
 * a screenshot of each page.
 */
@RequiresBrowser
class PageQualityIT {
    private static final long MAX_BYTES = 150 * 1024;

    private final BrowserTestServer server = BrowserTestServer.shared();

    @Test
    void everyPageIsAccessibleSmallAndFitsTheScreen() throws IOException {
        Account account = server.admin();
        try (Browser visitor = server.browser(ScreenSize.DESKTOP);
                Browser owner = server.loggedIn(ScreenSize.DESKTOP, account)) {
            Map<String, String> publicPages = new LinkedHashMap<>();
            publicPages.put("start", "/");
            publicPages.put("signup", "/signup");
            publicPages.put("login", "/login");
            publicPages.put("docs", "/docs");
            publicPages.put("forgot-password", "/forgot-password");
            publicPages.put("invitation-invalid", "/invitation?token=none");
            publicPages.put("reset-invalid", "/reset-password?token=none");
            publicPages.put("unsubscribe-invalid", "/unsubscribe?token=none");
            publicPages.put("not-found", "/no-such-page");
            check(visitor, publicPages);
            visitor.open("/").type("url", "ftp://example.com").clickAndWait("Scan", "form");
            check(visitor, Map.of("start-refused", ""));
            visitor.open("/")
                    .type("url", "nowhere.example.com")
                    .clickAndWait("Scan", "form")
                    .awaitText("could not be scanned");
            check(visitor, Map.of("scan-failed", ""));
            check(owner, emptyPages());
            check(owner, Map.of("scan-running", "/scans/" + server.insertRunningScan(account)));
            owner.awaitText("Scan progress");
            check(owner, filledPages(owner));
            checkAdministration(owner, visitor);
            String shared = shared(owner);
            check(visitor, Map.of("report-shared", shared));
            owner.open("/keys")
                    .type("name", "My CI pipeline")
                    .clickAndWait("Create the key")
                    .awaitText("it is shown only once");
            check(owner, Map.of("key-made", ""));
        }
    }

    private static Map<String, String> emptyPages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("start-logged-in-empty", "/");
        pages.put("history-empty", "/history");
        pages.put("monitors-empty", "/monitors");
        pages.put("keys-empty", "/keys");
        return pages;
    }

    private static Map<String, String> filledPages(Browser owner) {
        Map<String, String> pages = new LinkedHashMap<>();
        BrowserTestServer.scan(owner, BrowserTestServer.GOOD);
        pages.put("report-good", owner.path());
        BrowserTestServer.scan(owner, BrowserTestServer.BAD);
        BrowserTestServer.scan(owner, BrowserTestServer.BAD);
        pages.put("report", owner.path());
        owner.open("/monitors")
                .type("url", "https://" + BrowserTestServer.GOOD + "/")
                .clickAndWait("Add the monitor");
        owner.open("/history?site=" + BrowserTestServer.BAD).clickAndWait("Compare");
        pages.put("compare", owner.path());
        pages.put("start-logged-in", "/");
        pages.put("history", "/history");
        pages.put("site", "/history?site=" + BrowserTestServer.BAD);
        pages.put("monitors", "/monitors");
        pages.put("webhook", "/webhook");
        pages.put("keys", "/keys");
        pages.put("account", "/account");
        pages.put("email-off", "/account/email");
        pages.put("verify-email-invalid", "/verify-email?token=x");
        return pages;
    }

    private static void checkAdministration(Browser owner, Browser visitor) throws IOException {
        Account other = BrowserTestServer.shared().account(Plan.PRO);
        check(owner, Map.of("admin", "/admin"));
        check(owner, Map.of("admin-account", "/admin/" + other.id()));
        owner.click("Delete " + other.email());
        check(owner, Map.of("admin-account-delete", ""));
        owner.open("/admin/" + other.id()).clickAndWait("Make a reset link");
        check(owner, Map.of("admin-account-link", ""));
        check(visitor, Map.of("reset-password", path(owner.text("#link"))));
        owner.open("/admin/new").type("invitee", "guest@example.com").clickAndWait("Invite");
        check(owner, Map.of("admin-new-invited", ""));
        check(visitor, Map.of("invitation", path(owner.text("#link"))));
        owner.open("/monitors").click("Delete https://" + BrowserTestServer.GOOD + "/");
        check(owner, Map.of("monitors-delete", ""));
        owner.resize(ScreenSize.PHONE).open("/").openMenu();
        owner.assertAccessible("menu-phone");
        saveScreenshot(owner, "menu-phone-dark");
        owner.resize(ScreenSize.DESKTOP);
    }

    private static String path(String url) {
        return url.replaceFirst("^http://[^/]*", "");
    }

    private static String shared(Browser owner) {
        BrowserTestServer.scan(owner, BrowserTestServer.BAD);
        owner.clickAndWait("Create a share link");
        return path(owner.text("#share-link"));
    }

    /** Checks the pages by name. An empty path stands for the page that is open and cannot be requested again. */
    private static void check(Browser browser, Map<String, String> pages) throws IOException {
        for (Map.Entry<String, String> page : pages.entrySet()) {
            if (!page.getValue().isEmpty()) {
                browser.resize(ScreenSize.DESKTOP).open(page.getValue());
            }
            assertFalse(browser.text().contains("Error 500"), page.getKey());
            long bytes = browser.pageBytes();
            assertTrue(bytes > 1000 && bytes <= MAX_BYTES, page.getKey() + " has " + bytes + " bytes");
            for (ScreenSize screen : ScreenSize.values()) {
                String name = page.getKey() + "-" + screen.name().toLowerCase();
                browser.resize(screen).setTheme("light").assertAccessible(name);
                assertFalse(browser.isWiderThanScreen(), name + " is wider than the screen");
                saveScreenshot(browser, name + "-light");
                browser.setTheme("dark").assertContrast(name);
                saveScreenshot(browser, name + "-dark");
            }
            browser.resize(ScreenSize.DESKTOP).setTheme("light");
        }
    }

    /** Saves the light desktop page and the dark phone page. */
    private static void saveScreenshot(Browser browser, String name) throws IOException {
        String folder = System.getProperty("websentry.screenshots", "");
        if (!folder.isEmpty() && (name.endsWith("desktop-light") || name.endsWith("phone-dark"))) {
            Files.write(Files.createDirectories(Path.of(folder)).resolve(name + ".png"), browser.screenshot());
        }
    }

    @Test
    void aSiteCanBeScannedWithTheKeyboard() {
        try (Browser browser = server.browser(ScreenSize.DESKTOP)) {
            browser.open("/").key(Keys.TAB);
            assertEquals("Skip to content", browser.run("return document.activeElement.textContent.trim()"));
            browser.key(Keys.ENTER).key(Keys.TAB);
            assertEquals("url", browser.run("return document.activeElement.id"));
            browser.key(BrowserTestServer.GOOD).key(Keys.ENTER).awaitText("of 100");
        }
    }

    @Test
    void timesAreUtcWithTheLocalTimeAsTooltip() {
        try (Browser browser = server.loggedIn(ScreenSize.DESKTOP, server.account(Plan.PRO))) {
            BrowserTestServer.scan(browser, BrowserTestServer.GOOD);
            assertTrue(browser.text("time").endsWith(" UTC"), browser.text("time"));
            assertFalse(browser.attribute("time", "title").isBlank());
        }
    }

    @Test
    void pagesLoadNoExternalResourcesAndRunNoInlineScripts() {
        try (Browser browser = server.browser(ScreenSize.DESKTOP)) {
            BrowserTestServer.scan(browser, BrowserTestServer.BAD);
            assertEquals(0, browser.count("script:not([src]), style, [style], [onclick], [onload]"));
            assertEquals(
                    0L,
                    browser.run("return performance.getEntriesByType('resource')"
                            + ".filter(entry => !entry.name.startsWith(location.origin + '/')).length"));
        }
    }
}
