package dev.websentry.engine.check.cookies;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognizes the cookies that carry a session or an authentication by their names: words that mean a session, and the
 * default names of common products. The names are those of the products' documentation as of November 2026; the OWASP
 * Session Management Cheat Sheet (session ID name fingerprinting) explains why products have such names.
 */
final class SessionCookieNames {
    /** Names that contain one of these words. */
    private static final Pattern WORDS = Pattern.compile(
            // ASPSESSIONID, ci_session, laravel_session, _gitlab_session, next-auth.session-token, meteor_login_token
            ".*(?:sess|login|logged_?in).*"
                    // Express and its stores, Okta, Sails: connect.sid, koa.sid
                    + "|(?:.*[._:-])?sid"
                    // auth_tkt, authjs, cf_authorization, _forward_auth; not author
                    + "|(?:.*[._-])?auth(?!or(?!i[sz])).*"
                    // PVEAuthCookie, AMAuthCookie, OAMAuthnCookie_host, SimpleSAMLAuthToken
                    + "|.*authn?(?:cookie|token|ticket)(?:[._-].*)?"
                    // access_token, refreshToken, id-token, sb-access-token, jwt_token
                    + "|(?:.*[._-])?(?:access|refresh|id|bearer|jwt|user|api)[._-]?token(?:[._-].*)?"
                    + "|token|(?:.*[._-])?jwt(?:[._-].*)?"
                    // remember-me of Spring Security, remember_web_* of Laravel, REMEMBERME of Symfony, Devise, Seraph
                    + "|(?:.*[._-])?remember.*"
                    // ASP.NET Core and OWIN, https://learn.microsoft.com/aspnet/core/security/authentication/cookie
                    + "|\\.aspnet(?:core)?\\.(?!culture).*"
                    // WordPress, https://developer.wordpress.org/advanced-administration/wordpress/cookies/
                    + "|wordpress_(?:sec_)?[0-9a-f]{32}"
                    // Windows Identity Foundation: FedAuth, FedAuth1
                    + "|fedauth\\d*"
                    // oauth2-proxy, which splits long cookies: _oauth2_proxy_0
                    + "|_?oauth2_proxy(?:_\\d+)?"
                    // phpMyAdmin, PrestaShop, Simple Machines Forum, Atlassian Crowd
                    + "|pmaauth-\\d+|prestashop-[0-9a-f]{32}|smfcookie\\d+|.*crowd\\.token_?key");

    /** Names that contain no such word, in lower case. */
    private static final Set<String> PRODUCTS = Set.of(
            // ASP.NET forms authentication and session state; DotNetNuke
            ".aspxauth",
            "asp.net_sessionid",
            ".dotnetnuke",
            // Proxies for single sign-on: Vouch, Pomerium; CAS; IdentityServer; Keycloak; OpenAM; Oracle; CA SiteMinder
            "vouchcookie",
            "_pomerium",
            "tgc",
            "castgc",
            "idsrv",
            "idsrv.external",
            "keycloak_identity",
            "iplanetdirectorypro",
            "obssocookie",
            // Java servers: WebSphere, SAP, Tomcat single sign-on
            "ltpatoken",
            "ltpatoken2",
            "mysapsso2",
            "jsessionidsso",
            // Microsoft Entra ID,
            // https://learn.microsoft.com/entra/identity/authentication/concept-authentication-web-browser-cookies
            "estsauth",
            "estsauthpersistent",
            "estsauthlight",
            // Apache mod_auth_mellon
            "mellon-cookie",
            // Python: Plone and Zope
            "__ac",
            "_zopeid",
            // Ruby: Authlogic
            "user_credentials",
            // PHP: CakePHP, Yii, TYPO3, Magento, Concrete, osCommerce, Zen Cart, forums
            "cakephp",
            "_identity",
            "fe_typo_user",
            "be_typo_user",
            "frontend",
            "adminhtml",
            "concrete",
            "concrete5",
            "oscsid",
            "zenid",
            "xf_user",
            "mybbuser",
            "symfony",
            "phpmyadmin",
            // Perl and Go: Mojolicious, Gitea
            "mojolicious",
            "i_like_gitea",
            // ColdFusion
            "cfid",
            "cftoken",
            // ServiceNow, UniFi
            "glide_user",
            "unifises",
            // Network gateways: Citrix NetScaler, Ivanti, Fortinet, Cisco
            "nsc_aaac",
            "nsc_tmas",
            "dsid",
            "svpncookie",
            "webvpn");

    private SessionCookieNames() {}

    /**
     * Returns whether a name is that of a session cookie.
     *
     * @param name the name in lower case, without a prefix such as {@code __Host-}
     */
    static boolean matches(String name) {
        return PRODUCTS.contains(name) || WORDS.matcher(name).matches();
    }
}
