package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresBrowser
class HistoryFlowIT {
    private final BrowserTestServer server = BrowserTestServer.shared();

    @ParameterizedTest
    @EnumSource
    void aSiteShowsAChartATableAndAComparison(ScreenSize screen) {
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.open("/history").awaitText("No reports yet");
            BrowserTestServer.scan(browser, BrowserTestServer.BAD);
            assertTrue(!browser.text().contains("Compare with the previous scan"), "there is no previous scan");
            BrowserTestServer.scan(browser, BrowserTestServer.BAD);
            browser.clickAndWait("Compare with the previous scan").awaitText("Nothing got worse.");
            BrowserTestServer.scan(browser, BrowserTestServer.GOOD);
            browser.open("/history");
            assertEquals(2, browser.count("tbody tr"));
            browser.clickAndWait(BrowserTestServer.BAD);
            assertEquals(2, browser.count(".chart circle"));
            assertEquals(6, browser.count(".chart .band"));
            browser.awaitText("The certificate is valid until");
            assertEquals(1, browser.count(".chart .expiry line"));
            assertTrue(browser.text(".chart .expiry text").startsWith("certificate expires on "));
            assertTrue(browser.run("return document.querySelector('#chart-title').textContent")
                    .toString()
                    .contains("; certificate expires on "));
            assertEquals(2, browser.count("tbody tr"));
            browser.clickAndWait("Compare").awaitText("Nothing got worse.").awaitText("Nothing got better.");
            assertTrue(browser.text().contains("checks have the same result in both reports"), browser.text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void scansOfOtherAccountsAreNotFound(ScreenSize screen) {
        try (Browser owner = server.loggedIn(screen, server.account(Plan.PRO));
                Browser other = server.loggedIn(screen, server.account(Plan.PRO))) {
            BrowserTestServer.scan(owner, BrowserTestServer.GOOD);
            other.open(owner.path()).awaitText("Page not found");
            other.open("/history?site=" + BrowserTestServer.GOOD)
                    .awaitText("You have no scans of " + BrowserTestServer.GOOD);
        }
    }
}
