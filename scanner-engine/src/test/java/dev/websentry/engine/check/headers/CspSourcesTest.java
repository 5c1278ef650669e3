package dev.websentry.engine.check.headers;

import static dev.websentry.engine.check.CheckOutcome.FAIL;
import static dev.websentry.engine.check.CheckOutcome.PASS;
import static dev.websentry.engine.check.CheckOutcome.WARN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.syntax.Header;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What source expressions open, CSP3 sections 6.7.2 and 6.3.2, and what was probably meant by malformed ones. */
class CspSourcesTest {
    private static final String CSP = "Content-Security-Policy";
    private static final String SAFE = "; object-src 'none'; base-uri 'none'";
    private static final String NONCE = "'nonce-bm9uY2Utb25l'";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"widerSources", "browserRules", "typingErrors", "sharedHosts"})
    void evaluatesSources(String sentence, CheckOutcome expected, String policy, String text) {
        Header other = new Header(CSP, "script-src 'nonce-YW5vdGhlci1vbmU='");
        CheckVerdict verdict = CheckCatalog.evaluate(
                        new CspCheck(),
                        ObservedSite.page()
                                .header(CSP, policy)
                                .again(ObservedSite.get(
                                        "https://www.example.com/", ObservedSite.response(200, List.of(other), "")))
                                .observations())
                .verdict();
        assertEquals(expected, verdict.outcome(), verdict.value());
        assertTrue(verdict.value().contains(text), verdict.value());
    }

    /** CSP3 section 6.7.2.8: a scheme and the asterisk are wider than a host; a missing directive is widest. */
    static Stream<Arguments> widerSources() {
        return Stream.of("img-src", "style-src", "font-src", "connect-src", "frame-src", "media-src")
                .flatMap(name -> Stream.of(
                        arguments("an http host in " + name, PASS, with(name, "http://a.example.net"), "plain http"),
                        arguments("every http host in " + name, PASS, with(name, "http:"), "http: in " + name),
                        arguments("every host in " + name, PASS, with(name, "*"), "* in " + name),
                        arguments("an https host in " + name, PASS, with(name, "https://a.example.net"), ""),
                        arguments("every https host in " + name, PASS, with(name, "https://*"), ""),
                        arguments("data URLs in " + name, PASS, with(name, "data:"), "")));
    }

    private static String with(String directive, String source) {
        return "default-src 'self'" + SAFE + "; " + directive + " " + source;
    }

    static Stream<Arguments> browserRules() {
        return Stream.of(
                arguments("object-src blob: is not anywhere", PASS, "script-src 'self'; object-src blob:", ""),
                arguments("object-src wss: is not anywhere", PASS, "script-src 'self'; object-src wss: wss://*", ""),
                arguments(
                        "a plain http host of plug-ins",
                        WARN,
                        "script-src 'self'; object-src http://a.example.net",
                        "plug-ins over plain http"),
                arguments("object-src data: is anywhere", WARN, "script-src 'self'; object-src data:", "plug-ins"),
                arguments("script-src blob: warns", WARN, "script-src 'self' blob:" + SAFE, "blob:"),
                arguments("script-src wss: provides no script", PASS, "script-src 'self' wss:" + SAFE, ""),
                arguments("script-src filesystem: warns", WARN, "script-src FileSystem:" + SAFE, "FileSystem:"),
                arguments(
                        "strict-dynamic drops blob:",
                        PASS,
                        "script-src blob: http: * 'strict-dynamic' " + NONCE + SAFE,
                        ""),
                arguments("img-src blob: passes", PASS, "default-src 'self'; img-src blob:", ""),
                arguments("a sandbox without allow-scripts runs no script", PASS, "sandbox; script-src *", ""),
                arguments("a sandbox without script-src runs no script", PASS, "sandbox allow-forms", ""),
                arguments("a sandbox with allow-scripts runs scripts", FAIL, "sandbox Allow-Scripts", "any script"),
                arguments("a sandbox loads no plug-in", PASS, "sandbox allow-scripts; script-src 'self'", ""),
                arguments("an unsandboxed page loads plug-ins", WARN, "script-src 'self'", "object-src"),
                arguments(
                        "script-src-elem and -attr restrict scripts without script-src",
                        WARN,
                        "script-src-elem 'self'; script-src-attr 'none'" + SAFE,
                        "strings may be executed as code"),
                arguments(
                        "inline script elements without event handlers",
                        FAIL,
                        "script-src 'self'; script-src-elem 'unsafe-inline'" + SAFE,
                        "inline scripts may run"),
                arguments(
                        "a policy with unsafe-inline does not replace a nonce that can be guessed",
                        WARN,
                        "script-src 'nonce-abc'" + SAFE + ", script-src 'self' 'unsafe-inline'",
                        "shorter than 8"),
                arguments(
                        "a policy without inline scripts replaces a nonce that can be guessed",
                        PASS,
                        "script-src 'nonce-abc'" + SAFE + ", script-src 'self'",
                        ""),
                arguments("a nonce of 8 characters", PASS, "script-src 'nonce-12345678'" + SAFE, ""),
                arguments(
                        "script-src-elem without -attr allows event handlers",
                        FAIL,
                        "script-src-elem 'self'" + SAFE,
                        "event handlers"),
                arguments(
                        "script-src-attr without -elem allows script elements",
                        FAIL,
                        "script-src-attr 'none'" + SAFE,
                        "any script"),
                arguments(
                        "script-src-elem overrides a wide script-src",
                        PASS,
                        "script-src https:; script-src-elem 'self'; script-src-attr 'none'" + SAFE,
                        ""),
                arguments(
                        "a nonce in script-src-elem disables its unsafe-inline",
                        PASS,
                        "script-src 'self'; script-src-elem 'unsafe-inline' 'NONCE-bm9uY2Utb25l'" + SAFE,
                        ""),
                arguments(
                        "an upper-case nonce needs base-uri too",
                        WARN,
                        "script-src 'NONCE-bm9uY2Utb25l'; object-src 'none'",
                        "without base-uri"),
                arguments("a wildcard over a top-level domain", FAIL, "script-src *.com" + SAFE, "anywhere: *.com"),
                arguments(
                        "a wildcard over a public suffix of two labels",
                        FAIL,
                        "script-src https://*.co.uk:443/js/" + SAFE,
                        "anywhere"),
                arguments("a wildcard over a private suffix", FAIL, "script-src *.github.io" + SAFE, "anywhere"),
                arguments("a wildcard over a registrable domain", PASS, "script-src *.example.net" + SAFE, ""),
                arguments("a wildcard over a special-use name", PASS, "script-src *.corp.internal *.local" + SAFE, ""));
    }

    static Stream<Arguments> typingErrors() {
        return Stream.of(
                arguments(
                        "a missing semicolon",
                        WARN,
                        "default-src 'self' object-src 'none'; base-uri 'none'",
                        "a semicolon is probably missing before object-src"),
                arguments(
                        "a missing semicolon after a directive without sources",
                        WARN,
                        "default-src 'self'; upgrade-insecure-requests frame-ancestors 'none'",
                        "before frame-ancestors"),
                arguments(
                        "a missing semicolon in another case",
                        WARN,
                        "default-src 'self' IMG-SRC https://a.example.net",
                        "before IMG-SRC"),
                arguments("an unquoted self", WARN, "default-src 'none'; img-src self", "(probably meant 'self')"),
                arguments("an unquoted none", WARN, "default-src 'self'; base-uri none", "(probably meant 'none')"),
                arguments(
                        "an unquoted strict-dynamic",
                        WARN,
                        "script-src 'self' Strict-Dynamic" + SAFE,
                        "'Strict-Dynamic'"),
                arguments("an unquoted nonce", WARN, "script-src 'self' nonce-bm9uY2U" + SAFE, "'nonce-bm9uY2U'"),
                arguments(
                        "an unquoted hash",
                        WARN,
                        "script-src 'self' sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" + SAFE,
                        "(probably meant 'sha256-4"),
                arguments("one quote", WARN, "script-src 'self" + SAFE, "(probably meant 'self')"),
                arguments("double quotes", WARN, "script-src \"self\"" + SAFE, "(probably meant 'self')"),
                arguments(
                        "curly quotes in one directive",
                        WARN,
                        "script-src 'self'" + SAFE + "; img-src \u2018self\u2019",
                        "(probably meant 'self')"),
                arguments(
                        "curly quotes in the only directive",
                        FAIL,
                        "default-src \u2018self\u2019 \u201cunsafe-eval\u201d",
                        "(probably meant 'self' 'unsafe-eval')"),
                arguments(
                        "a directive with a colon",
                        WARN,
                        "script-src: 'self'; default-src 'self'",
                        "meant script-src)"),
                arguments("a host that looks like a keyword", PASS, "script-src self.example.net" + SAFE, ""),
                arguments("a report group of a directive's name", PASS, "default-src 'self'; report-to script-src", ""),
                arguments(
                        "a typing error in a second policy is a note",
                        PASS,
                        "default-src 'self', default-src self",
                        ""));
    }

    static Stream<Arguments> sharedHosts() {
        return Stream.of(
                arguments("a package mirror", WARN, "script-src cdn.jsdelivr.net" + SAFE, "publish packages"),
                arguments(
                        "all packages of a mirror", WARN, "script-src https://cdn.jsdelivr.net/npm/" + SAFE, "publish"),
                arguments("one package", PASS, "script-src https://cdn.jsdelivr.net/npm/vue@3.5.0/" + SAFE, ""),
                arguments(
                        "one file of a mirror", PASS, "script-src https://unpkg.com/vue@3.5.0/dist/vue.js" + SAFE, ""),
                arguments("every subdomain of a mirror", WARN, "script-src *.jsdelivr.net" + SAFE, "*.jsdelivr.net"),
                arguments("upper case", WARN, "script-src HTTPS://UNPKG.COM" + SAFE, "publish"),
                arguments("a JSONP endpoint", WARN, "script-src accounts.google.com" + SAFE, "JSONP"),
                arguments("AngularJS", WARN, "script-src https://cdnjs.cloudflare.com" + SAFE, "AngularJS"),
                arguments("a similar name", PASS, "script-src my-unpkg.com cdn.jsdelivr.net.example.com" + SAFE, ""),
                arguments("a mirror for images", PASS, "default-src 'self'; img-src unpkg.com", ""),
                arguments(
                        "strict-dynamic makes hosts moot",
                        PASS,
                        "script-src unpkg.com 'strict-dynamic' " + NONCE + SAFE,
                        ""),
                arguments(
                        "another policy forbids the mirror",
                        PASS,
                        "script-src unpkg.com" + SAFE + ", script-src 'self'",
                        ""));
    }
}
