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
    void aSiteHasAChartATableAndAComparisonOfTwoScans(Screen screen) {
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
            assertTrue(browser.text().contains("checks ended alike in both"), browser.text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void someoneElsesScansAreNotThere(Screen screen) {
        try (Browser owner = server.loggedIn(screen, server.account(Plan.PRO));
                Browser stranger = server.loggedIn(screen, server.account(Plan.PRO))) {
            Installation.scan(owner, Installation.GOOD);
            stranger.go(owner.path()).sees("There is nothing here");
            stranger.go("/history?site=" + Installation.GOOD).sees("You have no scans of " + Installation.GOOD);
        }
    }
}
