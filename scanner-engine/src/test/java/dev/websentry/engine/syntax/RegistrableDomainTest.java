package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import okhttp3.HttpUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrableDomainTest {
    @ParameterizedTest
    @CsvSource({
        "https://www.example.com/a, http://www.example.com:8080/b, true",
        "https://www.example.com/, https://api.example.com/, true",
        "https://a.co.uk/, https://b.co.uk/, false",
        "https://co.uk/, https://co.uk/, true",
        "https://192.0.2.1/, https://192.0.2.1/, true",
        "https://192.0.2.1/, https://192.0.2.2/, false"
    })
    void hostsWithTheSameRegistrableDomainAreTheSameSite(String one, String other, boolean same) {
        assertEquals(same, RegistrableDomain.isSameSite(HttpUrl.get(one), HttpUrl.get(other)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.com/, example.com",
        "https://a.b.co.uk/, b.co.uk",
        "https://co.uk/, co.uk",
        "https://192.0.2.1/, 192.0.2.1",
        "https://localhost/, localhost"
    })
    void hostWithoutARegistrableDomainIsItsOwnSite(String url, String domain) {
        assertEquals(domain, RegistrableDomain.of(HttpUrl.get(url)));
    }

    @ParameterizedTest
    @CsvSource({
        "com, true",
        "co.uk, true",
        "unlisted, true",
        "example.com, false",
        "a.example.com, false",
        "192.0.2.1, false",
        "2001:db8::1, false"
    })
    void publicSuffixesAreThoseOfTheList(String host, boolean suffix) {
        assertEquals(suffix, RegistrableDomain.isPublicSuffix(host));
    }
}
