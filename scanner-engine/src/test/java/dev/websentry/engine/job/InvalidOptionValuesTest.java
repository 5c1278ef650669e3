package dev.websentry.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.BasicCredentials;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.HttpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that an invalid value of each option is an error before the scan starts. Add new options here. */
class InvalidOptionValuesTest {
    @TempDir
    private Path folder;

    private static final Map<Option, String> INVALID = new EnumMap<>(Map.ofEntries(
            Map.entry(Option.URL, "ftp://example.com"),
            Map.entry(Option.URLS, "https://exa mple.com"),
            Map.entry(Option.FAIL_BELOW, "G"),
            Map.entry(Option.MIN_SCORE, "101"),
            Map.entry(Option.CATEGORY_MINIMUMS, "tls=A"),
            Map.entry(Option.FAIL_ON_INCOMPLETE, "flase"),
            Map.entry(Option.FAIL_ON_REGRESSION, "yes"),
            Map.entry(Option.BASELINE, "FILE"),
            Map.entry(Option.WAIVERS, "FILE"),
            Map.entry(Option.FAIL_ON_ERROR, "0"),
            Map.entry(Option.OUTPUT_DIRECTORY, "FILE"),
            Map.entry(Option.FORMATS, "pdf"),
            Map.entry(Option.PARALLELISM, "65"),
            Map.entry(Option.WAIT_SECONDS, "-1"),
            Map.entry(Option.TIMEOUT_SECONDS, "0"),
            Map.entry(Option.CONNECT_TIMEOUT_SECONDS, "soon"),
            Map.entry(Option.DNS_SERVERS, "192.0.2.53:0"),
            Map.entry(Option.RESOLVE, "www.example.com=192.0.2.7"),
            Map.entry(Option.ROOT_STORE, "FILE"),
            Map.entry(Option.CA_CERTIFICATES, "FILE"),
            Map.entry(Option.TRUST_ANCHOR, "FILE"),
            Map.entry(Option.HEADERS, "no colon"),
            Map.entry(Option.USER_AGENT, "caf\u00e9"),
            Map.entry(Option.MAIL_DOMAIN, "192.0.2.7"),
            Map.entry(Option.DKIM_SELECTORS, "a b"),
            Map.entry(Option.HTTP_PORT, "http"),
            Map.entry(Option.PROBE_PATHS, "none"),
            Map.entry(Option.ALLOW_PRIVATE_ADDRESSES, "some"),
            Map.entry(Option.CLIENT_KEY_STORE, "FILE"),
            Map.entry(Option.CLIENT_KEY_STORE_PASSWORD, "without a store"),
            Map.entry(Option.AUTH, ""),
            Map.entry(Option.PROXY, ""),
            Map.entry(Option.SERVER, "http://example.com"),
            Map.entry(Option.API_KEY, "ss with blanks"),
            Map.entry(Option.RECORD, "no\0path"),
            Map.entry(Option.OBSERVATIONS, "FILE"),
            Map.entry(Option.SKIP, "ja")));

    @ParameterizedTest
    @EnumSource
    void invalidValueIsReportedOnOneLineWithTheOption(Option option) throws IOException {
        String text = INVALID.get(option);
        assertTrue(text != null, option + " has no invalid value here; add one");
        if (option == Option.AUTH || option == Option.PROXY) {
            // These options have types whose constructors reject invalid values.
            assertFalse(constructorError(option).isEmpty());
            return;
        }
        String value = text.equals("FILE")
                ? Files.writeString(folder.resolve("file"), "invalid content").toString()
                : text;
        RawOptions texts = new RawOptions(name -> "-D" + name.key())
                .set(Option.URL, "https://www.example.com")
                .set(Option.OUTPUT_DIRECTORY, folder.resolve("out").toString())
                .set(option, value);
        InvalidOptionException error = assertThrows(InvalidOptionException.class, () -> {
            texts.flag(Option.SKIP);
            if (option == Option.OBSERVATIONS) {
                GradeRequest.parse(texts);
            } else {
                ScanRequest.parse(texts);
            }
        });
        assertEquals(option, error.option());
        assertTrue(error.getMessage().startsWith("-D" + option.key() + ": "), error.getMessage());
        assertEquals(1, error.getMessage().lines().count());
    }

    private static String constructorError(Option option) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> {
                    if (option == Option.AUTH) {
                        new BasicCredentials("me:you", "x");
                    } else {
                        new HttpProxy("socks5", new HostAndPort("h", 1), Optional.empty(), List.of());
                    }
                })
                .getMessage());
    }
}
