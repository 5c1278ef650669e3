package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresBrowser
class MonitorFlowIT {
    private final BrowserTestServer server = BrowserTestServer.shared();

    @ParameterizedTest
    @EnumSource
    void aMonitorIsAddedPausedResumedAndDeletedAndItsReportIsKept(ScreenSize screen) {
        String url = "https://" + BrowserTestServer.GOOD + "/";
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.open("/monitors").awaitText("No monitors yet").awaitText("5 of 5 left");
            browser.type("url", url).choose("frequency", "daily").clickAndWait("Add the monitor");
            browser.awaitText("The monitor was added")
                    .awaitText("A+")
                    .awaitText("06:00 UTC")
                    .awaitText("4 of 5 left");
            browser.clickAndWait("Pause " + url).awaitText("The monitor was paused.");
            browser.clickAndWait("Resume " + url).awaitText("The monitor was resumed.");
            browser.awaitText("100 % (1 of 1)").clickAndWait(url + ": history").awaitText("a monitor");
            assertEquals("/history?site=" + BrowserTestServer.GOOD, browser.path());
            browser.open("/monitors")
                    .confirm("Delete " + url, "Delete the monitor")
                    .awaitText("No monitors yet");
            browser.open("/history?site=" + BrowserTestServer.GOOD).awaitText("a monitor");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMonitorShowsWhyItsScanFailed(ScreenSize screen) {
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.open("/monitors")
                    .type("url", "https://nowhere.example.com/")
                    .clickAndWait("Add the monitor");
            browser.awaitText("The last scan failed").awaitText("none yet");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFreeAccountSeesThatMonitorsRequireAPlan(ScreenSize screen) {
        try (Browser browser = server.loggedIn(screen, server.account(Plan.FREE))) {
            browser.open("/monitors").awaitText("Not included in your plan");
            assertEquals(0, browser.count("#url"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWebhookIsSetTestedAndRemoved(ScreenSize screen) {
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.open("/webhook").type("url", "ftp://example.com/hook").clickAndWait("Set the webhook");
            browser.awaitText("The request failed.");
            browser.type("url", "https://" + BrowserTestServer.GOOD + "/hook").clickAndWait("Set the webhook");
            browser.awaitText("it is shown only once");
            assertTrue(!browser.text("#secret").isBlank());
            // The site has no such page and responds 404.
            browser.clickAndWait("Send a test message")
                    .awaitText("The test message was not delivered.")
                    .awaitText("failed");
            browser.confirm("Remove the webhook", "Remove").awaitText("The webhook was removed.");
        }
    }
}
