package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsBrowser
class MonitorFlowIT {
    private final Installation server = Installation.running();

    @ParameterizedTest
    @EnumSource
    void aMonitorIsAddedPausedResumedAndDeletedAndItsReportStays(Screen screen) {
        String url = "https://" + Installation.GOOD + "/";
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.go("/monitors").sees("Nothing is watched yet").sees("5 of 5 left");
            browser.type("url", url).choose("frequency", "daily").press("Add the monitor");
            browser.sees("The monitor is added").sees("A+").sees("06:00 UTC").sees("4 of 5 left");
            browser.press("Pause " + url).sees("The monitor is paused.");
            browser.press("Resume " + url).sees("The monitor runs again.");
            browser.press("Delete " + url).sees("Nothing is watched yet");
            browser.go("/history?site=" + Installation.GOOD).sees("a monitor");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMonitorWhoseScanFailsSaysWhy(Screen screen) {
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.go("/monitors").type("url", "https://nowhere.example.com/").press("Add the monitor");
            browser.sees("The last scan failed").sees("none yet");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFreeAccountIsToldWhatAMonitorNeeds(Screen screen) {
        try (Browser browser = server.loggedIn(screen, server.account(Plan.FREE))) {
            browser.go("/monitors").sees("Not on this plan");
            assertEquals(0, browser.count("#url"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWebhookIsSetTriedAndRemoved(Screen screen) {
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.go("/webhook").type("url", "ftp://example.com/hook").press("Set the webhook");
            browser.sees("That did not work.");
            browser.type("url", "https://" + Installation.GOOD + "/hook").press("Set the webhook");
            browser.sees("it is shown this once");
            assertTrue(!browser.text("#secret").isBlank());
            // The site has no such page: 404 is no thanks.
            browser.press("Send a test message")
                    .sees("The test message was not taken.")
                    .sees("failed");
            browser.press("Remove it").sees("The webhook is removed.");
        }
    }
}
