package dev.websentry.engine.check.headers;

import static dev.websentry.engine.check.CheckOutcome.FAIL;
import static dev.websentry.engine.check.CheckOutcome.PASS;
import static dev.websentry.engine.check.CheckOutcome.WARN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Loads over plain http in SVG and CSS (Mixed Content section 3) and loopback URLs (Secure Contexts section 3.1). */
class MixedContentTest {
    private static final String X = "http://a.example/x";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"elements", "svg", "css", "srcdoc", "loopback"})
    void evaluatesLoads(String sentence, CheckOutcome expected, String body) {
        CheckVerdict verdict = CheckCatalog.evaluate(
                        new SubresourceIntegrityCheck(),
                        ObservedSite.page().body(body).observations())
                .verdict();
        assertEquals(expected, verdict.outcome(), verdict.value());
    }

    static Stream<Arguments> elements() {
        return Stream.of(
                arguments("an object", FAIL, "<object data='" + X + "'></object>"),
                arguments("an embedded document", FAIL, "<embed src='" + X + "'>"),
                arguments("a text track", FAIL, "<video><track src='" + X + "'></video>"),
                arguments("an audio file", WARN, "<audio src='" + X + "'></audio>"),
                arguments("a video", WARN, "<video src='" + X + "'></video>"),
                arguments("the poster of a video", WARN, "<video poster='" + X + "'></video>"),
                arguments("a source of a video", WARN, "<video><source src='" + X + "'></video>"),
                arguments("an image button", WARN, "<input type=IMAGE src='" + X + "'>"),
                arguments("another input loads nothing", PASS, "<input type=text src='" + X + "'>"),
                arguments("a source set of a picture", FAIL, "<picture><source srcset='/a, " + X + " 2x'></picture>"),
                arguments("another element has no source set", PASS, "<p srcset='" + X + "'>"),
                arguments("an icon", WARN, "<link rel='shortcut icon' href='" + X + "'>"),
                arguments("a touch icon", WARN, "<link rel=Apple-Touch-Icon href='" + X + "'>"),
                arguments("a canonical link is not a load", PASS, "<link rel=canonical href='" + X + "'>"),
                arguments("a script", FAIL, "<script src='" + X + "'></script>"),
                arguments("a module", FAIL, "<script type=Module src='" + X + "'></script>"),
                arguments("a script of an old type", FAIL, "<script type=text/javascript1.5 src='" + X + "'></script>"),
                arguments("a script of an old language", FAIL, "<script language=JavaScript src='" + X + "'></script>"),
                arguments("a script with an empty type", FAIL, "<script type='' language=x src='" + X + "'></script>"),
                arguments("another language", PASS, "<script language=VBScript src='" + X + "'></script>"),
                arguments("a type of spaces", PASS, "<script type=' ' src='" + X + "'></script>"),
                arguments(
                        "a type with parameters is not executed",
                        PASS,
                        "<script type='text/javascript;charset=utf-8' src='" + X + "'></script>"));
    }

    static Stream<Arguments> svg() {
        return Stream.of(
                arguments("an SVG image", WARN, "<svg><image href='" + X + "'/></svg>"),
                arguments("an SVG image with xlink", WARN, "<svg><image xlink:href='" + X + "'/></svg>"),
                arguments("an SVG filter image", WARN, "<svg><filter><feImage href='" + X + "'/></filter></svg>"),
                arguments("an SVG script", FAIL, "<svg><script href='" + X + "'></script></svg>"),
                arguments("an SVG script with xlink", FAIL, "<svg><script xlink:href='" + X + "'></script></svg>"),
                arguments("an SVG style", WARN, "<svg><style>rect{fill:url(" + X + ")}</style></svg>"),
                arguments("an SVG paint server", WARN, "<svg><rect fill='url(" + X + "#a)'/></svg>"),
                arguments("an SVG filter attribute", WARN, "<svg><g filter='url(\"" + X + "#a\")'/></svg>"),
                arguments("an SVG mask in the page", PASS, "<svg><g mask='url(#a)'/></svg>"),
                arguments("fill of HTML is not a load", PASS, "<p fill='url(" + X + ")'>x</p>"),
                arguments("an SVG link is not a load", PASS, "<svg><a href='" + X + "'>x</a></svg>"),
                arguments("an SVG image over https", PASS, "<svg><image href='https://a.example/x'/></svg>"));
    }

    static Stream<Arguments> css() {
        return Stream.of(
                arguments("an import with a string", FAIL, style("@import \"" + X + "\";")),
                arguments("an import with url()", FAIL, style("@IMPORT URL( '" + X + "' ) screen;")),
                arguments("an import without a space", FAIL, style("@import'" + X + "';")),
                arguments("an import of https", PASS, style("@import 'https://a.example/x' print;")),
                arguments("a background image", WARN, style("p{background:url(" + X + ")}")),
                arguments("a quoted background image", WARN, style("p{background:url(\"" + X + "\")}")),
                arguments("an escaped url", WARN, style("p{background:u\\72l(http\\3a //a.example/x)}")),
                arguments("a font", FAIL, style("@font-face{font-family:x;src:url(" + X + ") format('woff')}")),
                arguments("an image after a font", WARN, style("@font-face{src:url(/f)}p{background:url(" + X + ")}")),
                arguments("an image in a media rule", WARN, style("@media print{p{background:url(" + X + ")}}")),
                arguments("an image set", WARN, style("p{background:image-set(\"" + X + "\" 1x, '/b' 2x)}")),
                arguments(
                        "an image set with a type",
                        PASS,
                        style("p{background:-webkit-image-set('/a' 1x type('image/png'))} q{content:'" + X + "'}")),
                arguments("a string after url()", PASS, style("p{background:url(/a);content:'" + X + "'}")),
                arguments("a style attribute", WARN, "<p style=\"background:url(" + X + ")\">"),
                arguments("a background attribute", WARN, "<body background='" + X + "'>"),
                arguments("a comment", PASS, style("/* url(" + X + ") */ p{color:red}")),
                arguments("a string", PASS, style("p::after{content:'url(" + X + ")'}")),
                arguments("a namespace", PASS, style("@namespace url(http://www.w3.org/1999/xhtml);")),
                arguments("another function", PASS, style("p{x:my-url(" + X + ")}")),
                arguments("a fragment", PASS, style("p{filter:url(#f)}")),
                arguments("another style language", PASS, "<style type=text/less>@import '" + X + "';</style>"),
                arguments("unterminated CSS", WARN, style("p{background:url(" + X)));
    }

    /** The document in srcdoc has the origin of the page (HTML standard, section 4.8.5). */
    static Stream<Arguments> srcdoc() {
        return Stream.of(
                arguments("a script in srcdoc", FAIL, "<iframe srcdoc=\"<script src='" + X + "'></script>\"></iframe>"),
                arguments("an image in srcdoc", WARN, "<iframe srcdoc='<img src=" + X + ">'></iframe>"),
                arguments("srcdoc replaces src", PASS, "<iframe src='" + X + "' srcdoc='<p>x</p>'></iframe>"),
                arguments("a script in nested srcdoc", FAIL, nested(2)),
                arguments("a script in the third srcdoc", FAIL, nested(3)),
                // A page could nest so many documents that their evaluation does not end.
                arguments("a script in the fourth srcdoc is not evaluated", PASS, nested(4)));
    }

    private static String nested(int documents) {
        String html = "<script src='" + X + "'></script>";
        for (int i = 0; i < documents; i++) {
            html = "<iframe srcdoc=\"" + html.replace("&", "&amp;").replace("\"", "&quot;") + "\"></iframe>";
        }
        return html;
    }

    @Test
    void onlyUpgradeInsecureRequestsUpgrades() {
        ObservedSite site = ObservedSite.page().body("<script src='" + X + "'></script>");
        assertEquals(
                FAIL,
                CheckCatalog.evaluate(
                                new SubresourceIntegrityCheck(),
                                site.header("Content-Security-Policy", "script-src 'self'")
                                        .observations())
                        .verdict()
                        .outcome());
    }

    private static String style(String css) {
        return "<style>" + css + "</style>";
    }

    static Stream<Arguments> loopback() {
        return Stream.of(
                        "http://localhost:35729/x",
                        "http://dev.localhost/x",
                        "http://LOCALHOST./x",
                        "http://127.0.0.1/x",
                        "http://127.8.9.10:8080/x",
                        "http://[::1]/x")
                .map(url -> arguments("a script from " + url, PASS, "<iframe src='" + url + "'></iframe>"));
    }
}
