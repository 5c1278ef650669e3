package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresBrowser
class ScanFlowIT {
    private final BrowserTestServer server = BrowserTestServer.shared();

    @ParameterizedTest
    @EnumSource
    void threeAnonymousScansAreFreeAndTheFourthSuggestsSigningUp(ScreenSize screen) {
        // The day could end during the test.
        server.server().clock().advanceToNextHour();
        try (Browser browser = server.browser(screen)) {
            browser.open("/").awaitText("3 of 3 free scans left today");
            BrowserTestServer.scan(browser, BrowserTestServer.BAD);
            assertEquals(6, browser.count(".ws-bars li"));
            assertTrue(browser.text("h1").contains(BrowserTestServer.BAD), browser.text());
            browser.open("/").awaitText("2 of 3 free scans left today");
            BrowserTestServer.scan(browser, BrowserTestServer.GOOD);
            browser.awaitText("A+");
            BrowserTestServer.scan(browser, BrowserTestServer.GOOD);
            browser.open("/").awaitText("0 of 3 free scans left today");
            browser.type("url", BrowserTestServer.GOOD).clickAndWait("Scan", "form");
            browser.awaitText("Rate limit exceeded").awaitText("Sign up");
            assertEquals(BrowserTestServer.GOOD, browser.attribute("#url", "value"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReportShowsFindingsWithRemediationAndCanBeFiltered(ScreenSize screen) {
        try (Browser browser = server.browser(screen)) {
            BrowserTestServer.scan(browser, BrowserTestServer.BAD);
            int all = browser.count(".ws-checks tbody tr");
            int failed = browser.count(".ws-checks .ws-badge.ws-fail");
            assertTrue(failed > 0 && failed < all, failed + " of " + all);
            assertEquals(
                    3, browser.count(".ws-finding details[open]"), "the details of the three to fix first are open");
            browser.awaitText("What to fix").awaitText("Expected");
            assertEquals(all, visibleRows(browser));
            browser.click("fail (" + failed + ")");
            assertEquals(failed, visibleRows(browser));
            browser.click("Copy").awaitText("Copied");
        }
    }

    private static int visibleRows(Browser browser) {
        Number rows = (Number) browser.run("return [...document.querySelectorAll('.ws-checks tbody tr')]"
                + ".filter(row => row.checkVisibility()).length");
        return rows.intValue();
    }

    @ParameterizedTest
    @EnumSource
    void withoutJavaScriptAScanLeadsToItsReport(ScreenSize screen) {
        try (Browser browser = server.browser(screen).setScriptEnabled(false)) {
            BrowserTestServer.scan(browser, BrowserTestServer.GOOD).awaitText("A+");
            assertEquals(0, browser.count("button.copy:not([hidden])"), "buttons without a function are hidden");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInvalidAddressIsKeptInTheFormWithTheError(ScreenSize screen) {
        try (Browser browser = server.browser(screen)) {
            browser.open("/").type("url", "ftp://example.com").clickAndWait("Scan", "form");
            assertTrue(browser.text("#problem").contains("ftp"), browser.text());
            assertEquals("ftp://example.com", browser.attribute("#url", "value"));
            browser.awaitText("3 of 3 free scans left today");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aScanThatCannotRunShowsTheReasonAndIsNotCounted(ScreenSize screen) {
        try (Browser browser = server.browser(screen)) {
            browser.open("/").type("url", "nowhere.example.com").clickAndWait("Scan", "form");
            browser.awaitText("The site could not be scanned").awaitText("Scan again");
            browser.open("/").awaitText("3 of 3 free scans left today");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSharedReportIsPublicUntilItsShareLinkIsRevoked(ScreenSize screen) {
        try (Browser owner = server.loggedIn(screen, server.account(Plan.PRO));
                Browser visitor = server.browser(screen)) {
            BrowserTestServer.scan(owner, BrowserTestServer.BAD);
            String report = owner.path();
            visitor.open(report);
            assertTrue(visitor.path().startsWith("/login?next="), visitor.path());
            owner.clickAndWait("Create a share link").awaitText("Anyone with this link");
            String link = owner.text("#share-link").replaceFirst("^http://[^/]*", "");
            assertTrue(owner.text("#badge-markdown").contains(link + "/badge.svg"), owner.text("#badge-markdown"));
            assertTrue((Boolean) owner.run("return document.querySelector('#badge img').naturalWidth > 0"));
            visitor.open(link).awaitText(BrowserTestServer.BAD).awaitText("of 100");
            assertEquals(0, visitor.count("#share"), "a visitor can neither share nor revoke");
            owner.confirm("Revoke the link", "Revoke").awaitText("Create a share link");
            visitor.open(link).awaitText("Page not found");
        }
    }
}
