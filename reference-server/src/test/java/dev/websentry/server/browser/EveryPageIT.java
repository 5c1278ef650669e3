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
 * Each page at both widths and in both themes: accessible by axe-core's rules, no wider than the screen, not heavier than
 * 150 KB with all that it loads. With {@code -Dwebsentry.screenshots=FOLDER} it takes a picture of each as well.
 */
@NeedsBrowser
class EveryPageIT {
    private static final long MOST_BYTES = 150 * 1024;

    private final Installation server = Installation.running();

    @Test
    void everyPageIsAccessibleLightAndFitsAtBothWidthsInBothThemes() throws IOException {
        Account account = server.admin();
        try (Browser visitor = server.browser(Screen.DESKTOP);
                Browser owner = server.loggedIn(Screen.DESKTOP, account)) {
            Map<String, String> open = new LinkedHashMap<>();
            open.put("start", "/");
            open.put("signup", "/signup");
            open.put("login", "/login");
            open.put("not-found", "/no-such-page");
            look(visitor, open);
            visitor.go("/").type("url", "ftp://example.com").press("Scan", "form");
            look(visitor, Map.of("start-refused", ""));
            visitor.go("/")
                    .type("url", "nowhere.example.com")
                    .press("Scan", "form")
                    .sees("could not be scanned");
            look(visitor, Map.of("scan-failed", ""));
            look(owner, emptyPages());
            look(owner, Map.of("scan-running", "/scans/" + server.endlessScan(account)));
            owner.sees("What is being looked at");
            look(owner, filledPages(owner));
            String shared = shared(owner);
            look(visitor, Map.of("report-shared", shared));
            owner.go("/keys")
                    .type("name", "My CI pipeline")
                    .press("Create the key")
                    .sees("it is shown this once");
            look(owner, Map.of("key-made", ""));
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
        Installation.scan(owner, Installation.GOOD);
        pages.put("report-good", owner.path());
        Installation.scan(owner, Installation.BAD);
        Installation.scan(owner, Installation.BAD);
        pages.put("report", owner.path());
        owner.go("/monitors").type("url", "https://" + Installation.GOOD + "/").press("Add the monitor");
        owner.go("/history?site=" + Installation.BAD).press("Compare");
        pages.put("compare", owner.path());
        pages.put("start-logged-in", "/");
        pages.put("history", "/history");
        pages.put("site", "/history?site=" + Installation.BAD);
        pages.put("monitors", "/monitors");
        pages.put("webhook", "/webhook");
        pages.put("keys", "/keys");
        pages.put("account", "/account");
        pages.put("admin", "/admin");
        return pages;
    }

    private static String shared(Browser owner) {
        Installation.scan(owner, Installation.BAD);
        owner.press("Make a link");
        return owner.text("#share-link").replaceFirst("^http://[^/]*", "");
    }

    /** An empty path: the page that is open, which cannot be asked for again. */
    private static void look(Browser browser, Map<String, String> pages) throws IOException {
        for (Map.Entry<String, String> page : pages.entrySet()) {
            if (!page.getValue().isEmpty()) {
                browser.turn(Screen.DESKTOP).go(page.getValue());
            }
            long bytes = browser.bytes();
            assertTrue(bytes > 1000 && bytes <= MOST_BYTES, page.getKey() + " comes to " + bytes + " bytes");
            for (Screen screen : Screen.values()) {
                for (String theme : new String[] {"light", "dark"}) {
                    String name = page.getKey() + "-" + screen.name().toLowerCase() + "-" + theme;
                    browser.turn(screen).theme(theme);
                    browser.requireAccessible(name);
                    assertFalse(browser.isTooWide(), name + " is wider than the screen");
                    keep(browser, name);
                }
            }
            browser.turn(Screen.DESKTOP).theme("light");
        }
    }

    /** For the eye: the desktop in light, the phone in dark. */
    private static void keep(Browser browser, String name) throws IOException {
        String folder = System.getProperty("websentry.screenshots", "");
        if (!folder.isEmpty() && (name.endsWith("desktop-light") || name.endsWith("phone-dark"))) {
            Files.write(Files.createDirectories(Path.of(folder)).resolve(name + ".png"), browser.picture());
        }
    }

    @Test
    void theKeyboardAloneScansASite() {
        try (Browser browser = server.browser(Screen.DESKTOP)) {
            browser.go("/").key(Keys.TAB);
            assertEquals("Skip to the content", browser.run("return document.activeElement.textContent.trim()"));
            browser.key(Keys.ENTER).key(Keys.TAB);
            assertEquals("url", browser.run("return document.activeElement.id"));
            browser.key(Installation.GOOD).key(Keys.ENTER).sees("of 100");
        }
    }

    @Test
    void momentsAreUtcAndTellTheReadersOwnTimeOnHover() {
        try (Browser browser = server.loggedIn(Screen.DESKTOP, server.account(Plan.PRO))) {
            Installation.scan(browser, Installation.GOOD);
            assertTrue(browser.text("time").endsWith(" UTC"), browser.text("time"));
            assertFalse(browser.attribute("time", "title").isBlank());
        }
    }

    @Test
    void aPageLoadsNothingFromElsewhereAndRunsNothingInline() {
        try (Browser browser = server.browser(Screen.DESKTOP)) {
            Installation.scan(browser, Installation.BAD);
            assertEquals(0, browser.count("script:not([src]), style, [style], [onclick], [onload]"));
            assertEquals(
                    0L,
                    browser.run("return performance.getEntriesByType('resource')"
                            + ".filter(entry => !entry.name.startsWith(location.origin + '/')).length"));
        }
    }
}
