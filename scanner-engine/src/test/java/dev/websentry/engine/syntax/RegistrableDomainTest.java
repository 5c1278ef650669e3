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
}
