package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Plan;
import dev.websentry.server.token.SecureTokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresBrowser
class AdministrationFlowIT {
    private final BrowserTestServer server = BrowserTestServer.shared();

    @ParameterizedTest
    @EnumSource
    void administratorsSetPlansDisableAndDeleteAccounts(ScreenSize screen) {
        Account other = server.account(Plan.FREE);
        AccountRepository accounts = server.server().get(AccountRepository.class);
        try (Browser admin = server.loggedIn(screen, server.admin());
                Browser user = server.loggedIn(screen, other)) {
            user.open("/admin").awaitText("Access denied");
            admin.open("/admin").type("q", other.email()).clickAndWait("Find");
            assertEquals(1, admin.count("tbody tr"));
            admin.clickAndWait(other.email())
                    .choose("plan", "agency")
                    .clickAndWait("Set the plan")
                    .awaitText("The plan was changed.");
            assertEquals(Plan.AGENCY, accounts.find(other.id()).orElseThrow().plan());
            admin.confirm("Disable " + other.email(), "Disable the account").awaitText("The account was disabled.");
            user.open("/account");
            assertTrue(user.path().startsWith("/login"), user.path());
            admin.clickAndWait("Enable the account").awaitText("The account was enabled.");
            BrowserTestServer.logIn(user, other);
            admin.confirm("Delete " + other.email(), "Delete the account").awaitText("The account was deleted");
            assertTrue(accounts.find(other.id()).isEmpty());
            user.open("/account");
            assertTrue(user.path().startsWith("/login"), user.path());
        }
    }

    @ParameterizedTest
    @EnumSource
    void administratorsAppointAndRemoveAdministratorsWithoutScript(ScreenSize screen) {
        Account other = server.account(Plan.FREE);
        try (Browser admin = server.loggedIn(screen, server.admin()).setScriptEnabled(false);
                Browser user = server.loggedIn(screen, other)) {
            admin.open("/admin/" + other.id())
                    .confirm("Make an administrator " + other.email(), "Make the account an administrator")
                    .awaitText("The account is now an administrator.");
            user.open("/admin").awaitText("in total");
            admin.confirm("Remove as administrator " + other.email(), "Make the account a normal one")
                    .awaitText("The account is no longer an administrator.");
            user.open("/admin").awaitText("Access denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInvitationIsShownOnceAndCreatesAnAccount(ScreenSize screen) {
        String email = "guest-" + SecureTokens.randomHex(4) + "@example.com";
        try (Browser admin = server.loggedIn(screen, server.admin());
                Browser guest = server.browser(screen)) {
            admin.open("/admin").clickAndWait("New account");
            admin.type("invitee", email).choose("invite-plan", "pro").clickAndWait("Invite");
            String link = admin.awaitText("it is shown only once").text("#link");
            assertFalse(admin.open("/admin/new").awaitText(email).text().contains(link));
            guest.open(link).awaitText(email).type("password", BrowserTestServer.PASSWORD);
            guest.clickAndWait("Create the account").awaitText("Your account is ready.");
            guest.open("/account").awaitText("Plan: Pro");
            guest.open(link).awaitText("This invitation is not valid.");
            assertFalse(admin.open("/admin/new").text().contains(email));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgottenPasswordIsResetWithALinkOfTheAdministrator(ScreenSize screen) {
        Account other = server.account(Plan.FREE);
        try (Browser admin = server.loggedIn(screen, server.admin());
                Browser user = server.browser(screen)) {
            user.open("/login").clickAndWait("Forgot your password?").awaitText("Ask its administrator");
            admin.open("/admin/" + other.id()).clickAndWait("Make a reset link");
            String link = admin.text("#link");
            user.open(link).awaitText(other.email()).type("password", "password123");
            user.clickAndWait("Set the password").awaitText("The password is easy to guess");
            user.type("password", "a password that is new").clickAndWait("Set the password");
            user.awaitText("Your password was changed").type("email", other.email());
            user.type("password", "a password that is new")
                    .clickAndWait("Log in", "form")
                    .awaitText("No scans yet");
            user.open(link).awaitText("This link is not valid.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDocumentationLeadsToItsPartsAndBack(ScreenSize screen) {
        try (Browser browser = server.browser(screen)) {
            browser.open("/").openMenu().clickAndWait("API", "nav").awaitText("Authorization: ss_your_api_key");
            browser.click("Grading");
            assertTrue(browser.run("return location.hash").equals("#grading"));
            browser.openMenu().clickAndWait("Scan", "nav").awaitText("How secure is your website?");
        }
    }
}
