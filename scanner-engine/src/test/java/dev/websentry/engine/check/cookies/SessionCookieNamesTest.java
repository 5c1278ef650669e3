package dev.websentry.engine.check.cookies;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OWASP Session Management Cheat Sheet, "Session ID Name Fingerprinting": products have known names. */
class SessionCookieNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // Servers and frameworks
                "JSESSIONID",
                "JSESSIONIDSSO",
                "PHPSESSID",
                "ASP.NET_SessionId",
                "ASPSESSIONIDQQABCDEF",
                ".ASPXAUTH",
                ".AspNetCore.Identity.Application",
                ".AspNetCore.Session",
                ".AspNet.ApplicationCookie",
                "FedAuth",
                "FedAuth1",
                "SESSION",
                "PLAY_SESSION",
                "laravel_session",
                "remember_web_59ba36addc2b2f9401580f014c7f58ea4e30989d",
                "REMEMBERME",
                "remember-me",
                "sf_remember_me",
                "_shop_session",
                "rack.session",
                "remember_user_token",
                "user_credentials",
                "sessionid",
                "auth_tkt",
                "connect.sid",
                "koa.sid",
                "koa:sess",
                "sid",
                "next-auth.session-token",
                "authjs.session-token",
                "ci_session",
                "CAKEPHP",
                "_identity",
                "_ZopeId",
                "__ac",
                "CFID",
                "CFTOKEN",
                "mojolicious",
                // Applications
                "wordpress_logged_in_0123456789abcdef0123456789abcdef",
                "wordpress_sec_0123456789abcdef0123456789abcdef",
                "wordpress_0123456789abcdef0123456789abcdef",
                "fe_typo_user",
                "xf_user",
                "i_like_gitea",
                "crowd.token_key",
                "seraph.rememberme.cookie",
                "meteor_login_token",
                // Tokens
                "access_token",
                "accessToken",
                "refresh-token",
                "id_token",
                "sb-access-token",
                "api_token",
                "user.token",
                "token",
                "jwt",
                "app_jwt",
                // Single sign-on and gateways
                "_oauth2_proxy",
                "_oauth2_proxy_0",
                "_forward_auth",
                "CF_Authorization",
                "Authorization",
                "KEYCLOAK_IDENTITY",
                "AUTH_SESSION_ID",
                "idsrv",
                "iPlanetDirectoryPro",
                "LtpaToken2",
                "MYSAPSSO2",
                "SMSESSION",
                "NSC_AAAC",
                "DSID",
                "SVPNCOOKIE",
                "webvpn",
                "PVEAuthCookie",
                "AMAuthCookie",
                "OAMAuthnCookie_shop.example.com",
                "SimpleSAMLAuthToken",
                "pmaAuth-1",
                "phpMyAdmin",
                "ESTSAUTH",
                "ESTSAUTHPERSISTENT",
                "mellon-cookie",
                "studio.crowd.tokenkey",
                "symfony",
                "PrestaShop-0123456789abcdef0123456789abcdef",
                "SMFCookie956",
                "mybbuser",
                "glide_user",
                "unifises"
            })
    void sessionCookiesAreRecognized(String name) {
        assertTrue(SessionCookieNames.matches(name.toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "theme",
                "lang",
                "_ga",
                "_gid",
                "inside",
                "author",
                "author_name",
                "consent_token",
                "push_tokens",
                "wordpress_test_cookie",
                "wp-settings-1",
                "oauth2_state",
                "okta-oauth-state",
                "authority",
                "hudson_auto_refresh",
                "squirrelmail_language",
                "PrestaShop",
                ".AspNetCore.Culture",
                "country",
                "hide_banner",
                "grid",
                "cart"
            })
    void otherCookiesAreNot(String name) {
        assertFalse(SessionCookieNames.matches(name.toLowerCase(Locale.ROOT)));
    }
}
