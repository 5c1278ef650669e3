package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests tokens by CSS Syntax Level 3 section 4.3, and the places of URLs. */
class CssReferencesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            p{background:url(a)}                              | images a
            p{background:url( a )}                            | images a
            p{background:url( 'a')}                           | images a
            p{background:url(a b}                             | ~~
            p{background:url(a b);x:url(c)}                   | images c
            p{background:url(a"b);x:url(c)}                   | images c
            p{background:url(a'b);x:url(c)}                   | images c
            p{background:url(a(b);x:url(c)}                   | images c
            p{background:url(a\\ b\\(\\));x:url(c)}            | images a b(), images c
            p{background:url("a" );x:url( "b" m("c") )}       | images a, images b
            p{background:src(a);x:url(b)}                     | images b
            p{background:url(                                 | ~images ~
            p{background:src("a")}                            | images a
            p{background:URL(a)}                              | images a
            p{background:url (a)}                             | ~~
            p{x:url}                                          | ~~
            url                                               | ~~
            p{x:url2(a);y:_url(a);z:9url(a)}                  | ~~
            p{x:\u0080url(a);y:aurl(a);z:zurl(a)}             | ~~
            p{x:Aurl(a);y:Zurl(a);z:0url(a)}                  | ~~
            p{x:@url(a)}                                      | ~~
            p{x:[url(a)]}                                     | images a
            /**/p{x:url(a)}                                   | images a
            /* url(b) */p{x:url(a)}                           | images a
            /*/ url(b) */p{x:url(a)}                          | images a
            p{x:url(a)}/* url(b)                              | images a
            p{x:'/*';y:url(a)}                                | images a
            @import "a" layer(x);p{x:"b"}                     | imports a
            @import url(a) supports(background:url(b));       | imports a, images b
            @import;p{x:"b"}                                  | ~~
            @import "a";@import "b";                          | imports a, imports b
            @namespace url(a);p{x:url(b)}                     | images b
            @font-face{src:url(a),url(b)}                     | fonts a, fonts b
            @font-face{src:url(a)}p{x:url(b)}                 | fonts a, images b
            @media x{@font-face{src:url(a)}p{x:url(b)}}       | fonts a, images b
            @font-face{x{y:1}src:url(a)}                      | fonts a
            @media x{p{x:url(a)}}@font-face{src:url(b)}       | images a, fonts b
            @font-face;p{x:url(a)}                            | images a
            p{@font-face}q{x:url(a)}                          | images a
            p{x:image-set("a" 1x,"b" 2x)}                     | images a, images b
            p{x:image-set("a" 1x);y:"b"}                      | images a
            p{x:f(image-set("a" 1x),"b")}                     | images a
            p{x:image-set(f(1),"a" 1x)}                       | images a
            p{x:image-set(url("a" ) 1x,"b" 2x);y:"c"}         | images a, images b
            p{x:image-set(url(a) 1x,"b" 2x);y:"c"}            | images a, images b
            p{x:image-set(src(a) 1x,"b" 2x);y:"c"}            | images b
            p{x:image-set("a"}q{y:"b"}                        | images a
            p{x:image-set("a"{q{y:"b"}                        | images a
            p{x:-webkit-image-set("a" 1x)}                    | images a
            """)
    void referencesAreFoundWhereBrowsersLoadThem(String css, String expected) {
        assertEquals(expected, describe(css));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            \\61                  | a
            \\000061b             | ab
            \\0000611             | a1
            \\61 b                | ab
            \\3aF                 | \u03af
            \\g                   | g
            \\)                   | )
            \\1f600 x             | \ud83d\ude00x
            \\110000              | \ufffd
            """)
    void escapesAreResolved(String url, String expected) {
        assertEquals("images " + expected, describe("p{x:url(" + url + ")}"));
    }

    @Test
    void escapeAtTheEndOfTheTextIsComplete() {
        assertEquals("images a", describe("p{x:url(\\61"));
        assertEquals("images aJ", describe("p{x:url(a\\4a"));
        assertEquals("images ", describe("p{x:ur\\6c("));
        assertEquals("", describe("p{x:ur\\6c"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            @import "a#p{x:url(b)}   | imports a, images b
            @import 'a"b';           | imports a"b
            @import '\\61  b';        | imports a b
            @import "a\\"b";         | imports a"b
            @import "a               | imports a
            @import "                | ~imports ~
            @import "a\\             | imports a\\
            """)
    void stringEndsAtItsQuoteOrALineBreak(String css, String expected) {
        assertEquals(expected, describe(css.replace('#', '\n')));
    }

    /** Returns the references in the order of their URLs. */
    private static String describe(String css) {
        CssReferences found = CssReferences.parse(css);
        Stream<String> imports = found.imports().stream().map("imports "::concat);
        Stream<String> fonts = found.fonts().stream().map("fonts "::concat);
        Stream<String> images = found.images().stream().map("images "::concat);
        return Stream.of(imports, fonts, images)
                .flatMap(kind -> kind)
                .sorted(Comparator.comparing(text -> text.substring(text.indexOf(' '))))
                .collect(Collectors.joining(", "));
    }
}
