package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsBrowser
class HistoryFlowIT {
    private final Installation server = Installation.running();

    @ParameterizedTest
    @EnumSource
    void aSiteShowsAChartATableAndAComparison(Screen screen) {
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.go("/history").sees("No reports yet");
            Installation.scan(browser, Installation.BAD);
            Installation.scan(browser, Installation.BAD);
            Installation.scan(browser, Installation.GOOD);
            browser.go("/history");
            assertEquals(2, browser.count("tbody tr"));
            browser.press(Installation.BAD);
            assertEquals(2, browser.count(".chart circle"));
            assertEquals(2, browser.count("tbody tr"));
            browser.press("Compare").sees("Nothing got worse.").sees("Nothing got better.");
            assertTrue(browser.text().contains("checks have the same result in both reports"), browser.text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void scansOfOtherAccountsAreNotFound(Screen screen) {
        try (Browser owner = server.loggedIn(screen, server.account(Plan.PRO));
                Browser other = server.loggedIn(screen, server.account(Plan.PRO))) {
            Installation.scan(owner, Installation.GOOD);
            other.go(owner.path()).sees("Page not found");
            other.go("/history?site=" + Installation.GOOD).sees("You have no scans of " + Installation.GOOD);
        }
    }
}
