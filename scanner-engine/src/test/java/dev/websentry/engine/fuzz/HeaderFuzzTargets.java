package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.syntax.CookieDate;
import dev.websentry.engine.syntax.Header;
import dev.websentry.engine.syntax.HeaderListValue;
import dev.websentry.engine.syntax.PermissionsPolicy;
import dev.websentry.engine.syntax.ReferrerPolicy;
import dev.websentry.engine.syntax.SetCookie;
import dev.websentry.engine.syntax.StrictTransportSecurity;
import dev.websentry.engine.syntax.csp.CspPolicy;
import dev.websentry.engine.syntax.csp.CspSourceList;
import dev.websentry.engine.syntax.structured.StructuredFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Fuzz targets for header fields of HTTP responses. */
final class HeaderFuzzTargets {
    /** Maximum length of all header lines of a response together. */
    private static final int MAX_LENGTH = 256 << 10;

    private HeaderFuzzTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.ofLatin1(
                        "hsts",
                        MAX_LENGTH,
                        List.of(
                                "max-age=31536000; includeSubDomains; preload",
                                "max-age=\"1\\2\"; a=\"b c\"",
                                "max-age=0"),
                        FuzzTarget.words("max-age= includeSubDomains ; \" \\ preload = 9"),
                        HeaderFuzzTargets::hsts),
                FuzzTarget.ofLatin1(
                        "csp",
                        MAX_LENGTH,
                        List.of(
                                "default-src 'self'; script-src 'nonce-YWJj' 'strict-dynamic' https: 'unsafe-inline'",
                                "object-src 'none', frame-ancestors *.example.com:443/path; sandbox",
                                "script-src 'sha256-YWJj=' [::1]:8443 http://a.b:* *://*; report-to x"),
                        FuzzTarget.words("'self' 'none' 'nonce- 'sha256- ; , * : / default-src script-src *. https:"),
                        HeaderFuzzTargets::csp),
                FuzzTarget.ofLatin1(
                        "set-cookie",
                        MAX_LENGTH,
                        List.of(
                                "__Host-sid=a; Path=/; Secure; HttpOnly; SameSite=Lax",
                                "a=b; Domain=.Example.COM; Max-Age=-5; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
                                "=x; Max-Age=99999999999999999999"),
                        FuzzTarget.words("; = Max-Age= Expires= Domain= Path=/ Secure __Host- 9 -"),
                        HeaderFuzzTargets::setCookie),
                FuzzTarget.ofLatin1(
                        "cookie-date",
                        1_100,
                        List.of("Wed, 21 Oct 2026 07:28:00 GMT", "21-oct-26 7:8:9x", "7:28:00 31 feb 1601"),
                        FuzzTarget.words("oct : 07:28:00 31 1601 69 70 , -"),
                        HeaderFuzzTargets::cookieDate),
                FuzzTarget.ofLatin1(
                        "structured-field",
                        MAX_LENGTH,
                        List.of(
                                "camera=(), geolocation=(self \"https://a.example\");x=1, usb=*, a, b;c=?0",
                                "a=1.5, b=-12, c=:YWI=:, d=@1659578233, e=%\"f%c3%bc\", f=\"\\\"\\\\\""),
                        FuzzTarget.words("=( ) ; , \" \\ ?1 :YQ==: @1 %\" 1.1 -"),
                        HeaderFuzzTargets::structuredField),
                FuzzTarget.ofLatin1(
                        "referrer-policy",
                        MAX_LENGTH,
                        List.of("no-referrer, strict-origin-when-cross-origin", "\"unsafe-url\", origin, foo"),
                        FuzzTarget.words("no-referrer unsafe-url , \" \\ origin"),
                        HeaderFuzzTargets::referrerPolicy),
                FuzzTarget.ofLatin1(
                        "header-line",
                        MAX_LENGTH,
                        List.of("X-Api-Key: secret", "a:b", "Name"),
                        FuzzTarget.words(": \t \r\n"),
                        HeaderFuzzTargets::headerLine));
    }

    private static void hsts(String text) {
        Optional<StrictTransportSecurity> read = StrictTransportSecurity.parse(text);
        // RFC 6797 section 6.1: names ignore case, empty directives are allowed, and order is not significant.
        assertEquals(read, StrictTransportSecurity.parse(" ;; " + text + "\t; "));
        read.ifPresent(value -> {
            String printed = (value.preload() ? "PRELOAD; " : "")
                    + (value.includeSubDomains() ? "INCLUDESUBDOMAINS; " : "") + "MAX-AGE=" + value.maxAge();
            assertEquals(read, StrictTransportSecurity.parse(printed));
            assertTrue(value.maxAge() >= 0);
            assertEquals(Optional.empty(), StrictTransportSecurity.parse(text + ";max-age=1"), "duplicate max-age");
        });
    }

    private static void csp(String text) {
        List<CspPolicy> policies = CspPolicy.parseList(text);
        // CSP3 section 2.2.2: policies are independent, so another one does not change the others.
        List<CspPolicy> more = CspPolicy.parseList(text + ",default-src 'none'");
        assertEquals(policies, more.subList(0, policies.size()));
        for (CspPolicy policy : policies) {
            List<CspPolicy> again = CspPolicy.parseList(printed(policy));
            assertEquals(1, again.size());
            assertEquals(policy.directives(), again.get(0).directives());
            // CSP3 section 2.2.1, step 2.5: the first of several equal directives applies.
            List<CspPolicy> twice = CspPolicy.parseList(printed(policy) + ";script-src 'none';script-src *");
            assertTrue(twice.get(0).duplicateDirectives().contains("script-src"));
            policy.unknownDirectives();
            policy.directives().values().forEach(HeaderFuzzTargets::sources);
        }
        CspPolicy.parseMeta(text).ifPresent(policy -> assertTrue(!policy.hasDirective("frame-ancestors")));
    }

    private static void sources(CspSourceList list) {
        List<String> all = list.expressions();
        assertTrue(all.containsAll(list.malformedSources()));
        assertTrue(all.containsAll(list.anyHostSources()));
        assertTrue(all.containsAll(list.schemeSources()));
        assertTrue(all.containsAll(list.wildcardSubdomainSources()));
        assertTrue(all.containsAll(list.plainHttpSources()));
        // CSP3 section 6.7.3.2: a list that disallows inline styles also disallows inline scripts.
        assertTrue(list.allowsAllInlineStyle() || !list.allowsAllInlineScript());
    }

    private static String printed(CspPolicy policy) {
        return policy.directives().entrySet().stream()
                .map(directive -> directive.getKey().toUpperCase(Locale.ROOT) + " "
                        + String.join(" ", directive.getValue().expressions()))
                .collect(Collectors.joining(";"));
    }

    private static void setCookie(String line) {
        SetCookie.parse(line, ObservedSite.NOW).ifPresent(cookie -> {
            assertEquals(cookie.domain(), cookie.domain().map(domain -> domain.toLowerCase(Locale.ROOT)));
            assertTrue(cookie.path().stream().allMatch(path -> path.startsWith("/")));
            assertEquals(Optional.of(cookie), SetCookie.parse(printed(cookie), ObservedSite.NOW));
            // RFC 6265bis section 5.6: unknown attributes are ignored.
            assertEquals(Optional.of(cookie), SetCookie.parse(line + "; Unknown=1", ObservedSite.NOW));
        });
    }

    private static String printed(SetCookie cookie) {
        StringBuilder line = new StringBuilder(cookie.name() + "=discarded");
        cookie.domain().ifPresent(domain -> line.append(";Domain=.").append(domain));
        cookie.path().ifPresent(path -> line.append(";path=").append(path));
        line.append(cookie.secure() ? ";SECURE" : "").append(cookie.httpOnly() ? ";httponly=x" : "");
        cookie.sameSite().ifPresent(site -> line.append(";SameSite=").append(site));
        cookie.expiry().ifPresent(end -> line.append(";Max-Age=").append(Math.max(0, seconds(end))));
        return line.toString();
    }

    private static long seconds(Instant end) {
        return end.getEpochSecond() - ObservedSite.NOW.getEpochSecond();
    }

    private static void cookieDate(String text) {
        assertEquals(ReferenceCookieDateParser.parse(text), CookieDate.parse(text));
    }

    private static void structuredField(String text) {
        PermissionsPolicy.parse(text).ifPresent(policy -> {
            assertTrue(policy.restrictedPowerfulFeatures().stream().noneMatch(policy.openPowerfulFeatures()::contains));
            assertEquals(
                    policy.openToAll(),
                    StructuredFields.parseDictionary(text)
                            .map(HeaderFuzzTargets::open)
                            .orElseThrow());
        });
        StructuredFields.parseDictionary(text).ifPresent(members -> {
            String printed = StructuredFieldSerializer.serialize(members);
            assertEquals(Optional.of(members), StructuredFields.parseDictionary(printed), printed);
            // RFC 9651 section 4.2: a field with a syntax error is ignored as a whole.
            assertEquals(Optional.empty(), StructuredFields.parseDictionary(text + ",\u00e4"));
        });
        StructuredFields.parseItem(text).ifPresent(item -> {
            String printed = StructuredFieldSerializer.serialize(item);
            assertEquals(Optional.of(item), StructuredFields.parseItem(printed), printed);
        });
    }

    private static Map<String, Boolean> open(
            Map<String, dev.websentry.engine.syntax.structured.DictionaryMember> members) {
        return members.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().items().stream().anyMatch(item -> item.isToken("*"))));
    }

    private static void referrerPolicy(String text) {
        Optional<String> read = ReferrerPolicy.parseHeader(List.of(text));
        // Referrer Policy section 8.1: the last known token applies, unknown tokens are ignored.
        assertEquals(Optional.of("no-referrer"), ReferrerPolicy.parseHeader(List.of(text, "No-Referrer")));
        assertEquals(read, ReferrerPolicy.parseHeader(List.of(text, "unknown")));
        read.ifPresent(policy -> assertEquals(Optional.of(policy), ReferrerPolicy.parseMeta(policy)));
        List<String> members = new ArrayList<>(HeaderListValue.split(text));
        members.add("x");
        assertTrue(text.contains("\"") || HeaderListValue.split(text + ",x").equals(members), text);
    }

    private static void headerLine(String text) {
        try {
            Header header = Header.parse(text);
            assertEquals(header, Header.parse(header.name() + ":\t" + header.value()));
            assertTrue(header.value().chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f)));
        } catch (IllegalArgumentException e) {
            String value = text.substring(text.indexOf(':') + 1).strip();
            assertTrue(value.length() < 4
                    || !text.contains(":")
                    || !String.valueOf(e.getMessage()).endsWith(value));
        }
    }
}
