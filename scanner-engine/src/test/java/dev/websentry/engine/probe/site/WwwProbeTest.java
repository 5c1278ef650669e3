package dev.websentry.engine.probe.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.config.InvalidTargetException;
import dev.websentry.engine.config.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Public Suffix List (publicsuffix.org) and its two sections decide which names have a www variant. */
class WwwProbeTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "example.com, www.example.com",
        "www.example.com, example.com",
        "example.co.uk, www.example.co.uk",
        "www.example.com.co, example.com.co",
        "example.co.io, www.example.co.io",
        "example.io, www.example.io",
        "example.or.jp, www.example.or.jp",
        "example.gov.br, www.example.gov.br",
        "example.technology, www.example.technology",
        "shop.example.com, ''",
        "www.shop.example.com, ''",
        // Directly under a private suffix
        "example.github.io, ''",
        "www.example.github.io, ''",
        "example.gitlab.io, ''",
        "example.pages.dev, ''",
        "example.netlify.app, ''",
        "example.herokuapp.com, ''",
        "example.s3.amazonaws.com, ''",
        "example.uk.com, ''",
        "example.carrd.co, ''",
        "example.blogspot.co.uk, ''",
        "example.hatenablog.jp, ''",
        "example.web.in, ''",
        "example.org.ru, ''",
        "example.com.de, ''",
        "example.co.nl, ''",
        // Regional suffixes of registries and private suffixes have the same form
        "example.tokyo.jp, ''",
        "example.gda.pl, ''",
        // The suffix itself is a name of a registry
        "github.io, ''",
        "com, ''",
        "localhost, ''",
        "192.0.2.1, ''",
        "example.com:8443, ''"
    })
    void onlyNamesOfRegistriesHaveACounterpart(String target, String counterpart) throws InvalidTargetException {
        assertEquals(counterpart, WwwProbe.counterpart(Target.parse(target)).orElse(""));
    }
}
