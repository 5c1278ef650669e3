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
    void aMonitorIsAddedPausedResumedAndDeletedAndItsReportIsKept(Screen screen) {
        String url = "https://" + Installation.GOOD + "/";
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.go("/monitors").sees("No monitors yet").sees("5 of 5 left");
            browser.type("url", url).choose("frequency", "daily").press("Add the monitor");
            browser.sees("The monitor was added").sees("A+").sees("06:00 UTC").sees("4 of 5 left");
            browser.press("Pause " + url).sees("The monitor was paused.");
            browser.press("Resume " + url).sees("The monitor was resumed.");
            browser.press("Delete " + url).sees("No monitors yet");
            browser.go("/history?site=" + Installation.GOOD).sees("a monitor");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMonitorShowsWhyItsScanFailed(Screen screen) {
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.go("/monitors").type("url", "https://nowhere.example.com/").press("Add the monitor");
            browser.sees("The last scan failed").sees("none yet");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFreeAccountSeesThatMonitorsRequireAPlan(Screen screen) {
        try (Browser browser = server.loggedIn(screen, server.account(Plan.FREE))) {
            browser.go("/monitors").sees("Not included in your plan");
            assertEquals(0, browser.count("#url"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWebhookIsSetTestedAndRemoved(Screen screen) {
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.go("/webhook").type("url", "ftp://example.com/hook").press("Set the webhook");
            browser.sees("The request failed.");
            browser.type("url", "https://" + Installation.GOOD + "/hook").press("Set the webhook");
            browser.sees("it is shown only once");
            assertTrue(!browser.text("#secret").isBlank());
            // The site has no such page and responds 404.
            browser.press("Send a test message")
                    .sees("The test message was not delivered.")
                    .sees("failed");
            browser.press("Remove the webhook").sees("The webhook was removed.");
        }
    }
}
