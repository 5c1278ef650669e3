package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsBrowser
class ScanFlowIT {
    private final Installation server = Installation.running();

    @ParameterizedTest
    @EnumSource
    void threeAnonymousScansAreFreeAndTheFourthSuggestsSigningUp(Screen screen) {
        try (Browser browser = server.browser(screen)) {
            browser.go("/").sees("3 of 3 free scans left today");
            Installation.scan(browser, Installation.BAD);
            assertEquals(6, browser.count(".bars li"));
            assertTrue(browser.text("h1").contains(Installation.BAD), browser.text());
            browser.go("/").sees("2 of 3 free scans left today");
            Installation.scan(browser, Installation.GOOD);
            browser.sees("A+");
            Installation.scan(browser, Installation.GOOD);
            browser.go("/").sees("0 of 3 free scans left today");
            browser.type("url", Installation.GOOD).press("Scan", "form");
            browser.sees("Rate limit exceeded").sees("Sign up");
            assertEquals(Installation.GOOD, browser.attribute("#url", "value"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReportShowsFindingsWithRemediationAndCanBeFiltered(Screen screen) {
        try (Browser browser = server.browser(screen)) {
            Installation.scan(browser, Installation.BAD);
            int all = browser.count(".check");
            int failed = browser.count(".check.fail");
            assertTrue(failed > 0 && failed < all, failed + " of " + all);
            assertEquals(
                    browser.count(".check.fail, .check.warn[open]"),
                    browser.count(".check[open]"),
                    "findings are expanded");
            browser.sees("How to fix it").sees("What it means");
            browser.press("failed (" + failed + ")");
            assertEquals(failed, browser.count(".check"));
            assertEquals(failed, browser.count(".check.fail"));
            browser.tap("Copy for " + firstSnippet(browser)).sees("Copied");
        }
    }

    /** Returns the name of the snippet that the first visible copy button belongs to. */
    private static String firstSnippet(Browser browser) {
        String text = (String) browser.run(
                "return document.querySelector('.check[open] .copy').textContent.trim().replace(/\\s+/g, ' ')");
        return text.replaceFirst("^Copy for ", "");
    }

    @ParameterizedTest
    @EnumSource
    void withoutJavaScriptAScanLeadsToItsReport(Screen screen) {
        try (Browser browser = server.browser(screen).script(false)) {
            Installation.scan(browser, Installation.GOOD).sees("A+");
            assertEquals(0, browser.count("button.copy:not([hidden])"), "buttons without a function are hidden");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInvalidAddressIsKeptInTheFormWithTheError(Screen screen) {
        try (Browser browser = server.browser(screen)) {
            browser.go("/").type("url", "ftp://example.com").press("Scan", "form");
            assertTrue(browser.text("#problem").contains("ftp"), browser.text());
            assertEquals("ftp://example.com", browser.attribute("#url", "value"));
            browser.sees("3 of 3 free scans left today");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aScanThatCannotRunShowsTheReasonAndIsNotCounted(Screen screen) {
        try (Browser browser = server.browser(screen)) {
            browser.go("/").type("url", "nowhere.example.com").press("Scan", "form");
            browser.sees("The site could not be scanned").sees("Scan again");
            browser.go("/").sees("3 of 3 free scans left today");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSharedReportIsPublicUntilItsShareLinkIsRevoked(Screen screen) {
        try (Browser owner = server.loggedIn(screen, server.account(Plan.PRO));
                Browser visitor = server.browser(screen)) {
            Installation.scan(owner, Installation.BAD);
            String report = owner.path();
            visitor.go(report);
            assertTrue(visitor.path().startsWith("/login?next="), visitor.path());
            owner.press("Create a share link").sees("Anyone with this link");
            String link = owner.text("#share-link").replaceFirst("^http://[^/]*", "");
            assertTrue(owner.text("#badge-markdown").contains(link + "/badge.svg"), owner.text("#badge-markdown"));
            assertTrue((Boolean) owner.run("return document.querySelector('#badge img').naturalWidth > 0"));
            visitor.go(link).sees(Installation.BAD).sees("of 100");
            assertEquals(0, visitor.count("#share"), "a visitor can neither share nor revoke");
            owner.press("Revoke the link").sees("Create a share link");
            visitor.go(link).sees("Page not found");
        }
    }
}
