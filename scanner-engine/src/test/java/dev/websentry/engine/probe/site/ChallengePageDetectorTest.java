package dev.websentry.engine.probe.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.ResponseBody;
import dev.websentry.engine.observation.ResponseHeaders;
import dev.websentry.engine.syntax.Header;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengePageDetectorTest {
    private static final String REAL_CONTENT = "<p>" + "A real page has a text. ".repeat(80) + "</p>";

    private static Response response(int status, String type, String body) {
        return new Response(
                status,
                "http/1.1",
                new ResponseHeaders(List.of(new Header("Content-Type", type))),
                ResponseBody.of(body),
                false,
                Optional.empty(),
                "192.0.2.7");
    }

    private static Optional<String> refusal(int status, String body) {
        return BotProtectionDetector.refusalReason(response(status, "text/html", body));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Cloudflare | <title>Just a moment...</title><noscript>Enable JavaScript</noscript><script>window._cf_chl_opt={cType:'managed'};</script>
            Cloudflare | <div id="cf-please-wait"></div><form id="challenge-form" action="/x" method="POST"></form>
            DataDome   | <p id="cmsg">Please enable JS</p><script>var dd={'rt':'c'}</script><script src="https://ct.captcha-delivery.com/c.js"></script>
            Imperva    | <html style="height:100%"><body><iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31">Request unsuccessful.</iframe>
            HUMAN      | <title>Access denied</title><div id="px-captcha"></div><script>window._pxAppId='PX1';</script>
            AWS WAF    | <script>window.gokuProps = {"key":"x"};</script><script src="https://a.token.awswaf.com/challenge.js"></script><div id="challenge-container"></div>
            Akamai     | <div id="sec-if-cpt-container" style="display:none"></div><script src="/_sec/x"></script>
            Akamai     | <script src="/_sec/cp_challenge/ak-challenge-4-3.htm"></script>
            Sucuri     | <title>You are being redirected...</title><script>var s={};sucuri_cloudproxy_js='';</script>
            Kasada     | <script>window.KPSDK={};</script><script src="/149e9513-01fa-4fb0-aad4-566afd725d1b/x/ips.js"></script>
            F5         | <script>window["bobcmn"] = "1";</script><script src="/TSPD/0838?type=9"></script>
            Fastly     | <title>Client Challenge</title><script src="/_fs-ch-1T1wmsGaOgGaSxcX/script.js"></script>
            Imperva    | <html><head><META NAME="robots" CONTENT="noindex,nofollow"><script src="/_Incapsula_Resource?SWJIYLWA=5074"></script><body></body></html>
            Imperva    | <title>Pardon Our Interruption</title><script>function onProtectionInitialized(p){p.startInternal()}</script><script src="/x-y?d=a.example" async></script><p>As you were browsing</p>
            HUMAN      | <title>Access to this page has been denied</title><div id="px-captcha-wrapper"></div>
            Akamai     | <meta http-equiv="refresh" content="5; URL='/?bm-verify=AAQAAAAJ'" /><script>var i=1;</script>
            Akamai     | <script>var x=new XMLHttpRequest();x.open("POST","/_sec/verify?provider=interstitial",false);</script>
            SiteGround | <html><head><link rel="icon" href="data:;"><meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F&y=ipc:192.0.2.1:1"></meta></head></html>
            Imunify360 | <title>One moment, please...</title><h1>Please wait while your request is being verified...</h1><script>document.location.href='/z0f7?wsidchk=1'</script>
            DDoS-Guard | <title>DDoS-Guard</title><script src="/.well-known/ddos-guard/js-challenge/index.js"></script>
            Bunny Shield | <title>Establishing a secure connection ...</title><html data-pow="1"><script src="/.bunny-shield/assets/challenge.js"></script>
            Qrator     | <script src="/__qrator/qauth_utm_v2_x.js"></script>
            Radware    | <title>Radware Bot Manager Captcha</title><p>We apologize for the inconvenience</p>
            Reblaze    | <script>window.rbzns={bereshit:'1',seed:'x'};winsocks();</script>
            Alibaba Cloud | <script>var arg1='A1';function setCookie(n,v){};setCookie("acw_sc__v2",x);location.reload();</script>
            InfinityFree | <script type="text/javascript" src="/aes.js"></script><script>document.cookie="__test="+toHex(slowAES.decrypt(c,2,a,b));location.href="/?i=1";</script>
            Anubis     | <script id="anubis_challenge" type="application/json">{}</script><h1>Making sure you are not a bot!</h1>
            """)
    void challengeOfAnyStatusIsRecognized(String product, String body) {
        for (int status : new int[] {200, 202, 403, 405}) {
            assertEquals(Optional.of(product + " challenged the scanner"), refusal(status, body));
        }
        assertEquals(Optional.empty(), refusal(200, body + REAL_CONTENT), "the challenge is a part of a real page");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Scripts that the products inject into the pages of their customers.
                "<script>window.__CF$cv$params={r:'1'};</script><script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js>"
                        + "</script><div id=root></div>",
                "<script>window.ddjskey='1'</script><script src=https://js.datadome.co/tags.js></script><div id=app></div>",
                "<script src=/_Incapsula_Resource?SWJIYLWA=719d34d31c8e></script><div id=app></div>",
                "<script>window._pxAppId='PX1'</script><script src=/1/init.js></script><div id=app></div>",
                "<script src=https://a.token.awswaf.com/challenge.js></script><div id=app></div>",
                "<script src=/akam/13/5d2b></script><noscript><img src=/akam/13/pixel></noscript><div id=app></div>",
                "<script src=https://challenges.cloudflare.com/turnstile/v0/api.js></script><div class=cf-turnstile></div>",
                "<p>Use <code>window._cf_chl_opt</code> or id=px-captcha to recognize challenges.</p>",
                "<title>Just a moment</title><p>Verify you are human</p>"
            })
    void injectedScriptsAndTextsAreNotAChallenge(String body) {
        for (int status : new int[] {200, 403, 404}) {
            assertEquals(Optional.empty(), refusal(status, body));
        }
    }

    @Test
    void blockPagesOf403AreRecognized() {
        assertTrue(refusal(403, "<title>Attention Required!</title><div id=cf-error-details></div>")
                .isPresent());
        assertTrue(refusal(403, "<title>Sucuri WebSite Firewall - Access Denied</title>")
                .isPresent());
        assertEquals(Optional.empty(), refusal(200, "<div id=cf-error-details></div>"));
        assertEquals(Optional.empty(), refusal(403, "<h1>Forbidden</h1>"));
    }

    @Test
    void otherContentTypesAreNotAChallenge() {
        String challenge = "<script>window._cf_chl_opt={};</script>";
        assertEquals(
                Optional.empty(),
                BotProtectionDetector.refusalReason(response(200, "text/plain; charset=utf-8", challenge)));
    }
}
