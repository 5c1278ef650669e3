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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            Map.entry(Option.CATEGORY_MINIMUMS, "tls=A"),
            Map.entry(Option.BASELINE, "FILE"),
            Map.entry(Option.WAIVERS, "FILE"),
            Map.entry(Option.OUTPUT_DIRECTORY, "FILE"),
            Map.entry(Option.FORMATS, "pdf"),
            Map.entry(Option.DNS_SERVERS, "192.0.2.53:0"),
            Map.entry(Option.RESOLVE, "www.example.com=192.0.2.7"),
            Map.entry(Option.ROOT_STORE, "FILE"),
            Map.entry(Option.CA_CERTIFICATES, "FILE"),
            Map.entry(Option.TRUST_ANCHOR, "FILE"),
            Map.entry(Option.HEADERS, "no colon"),
            Map.entry(Option.USER_AGENT, "caf\u00e9"),
            Map.entry(Option.MAIL_DOMAIN, "192.0.2.7"),
            Map.entry(Option.DKIM_SELECTORS, "a b"),
            Map.entry(Option.CLIENT_KEY_STORE, "FILE"),
            Map.entry(Option.CLIENT_KEY_STORE_PASSWORD, "without a store"),
            Map.entry(Option.AUTH, ""),
            Map.entry(Option.PROXY, ""),
            Map.entry(Option.SERVER, "http://example.com"),
            Map.entry(Option.API_KEY, "ss with blanks"),
            Map.entry(Option.RECORD, "no\0path"),
            Map.entry(Option.OBSERVATIONS, "FILE")));

    /** Options that the front ends evaluate and the engine does not. */
    private static final Set<Option> FRONT_END = EnumSet.of(Option.UNSTABLE_BELOW, Option.FAIL_BUILD);

    @ParameterizedTest
    @EnumSource
    void invalidValueIsReportedOnOneLineWithTheOption(Option option) throws IOException {
        if (option.type().kind() == OptionKind.CREDENTIALS || FRONT_END.contains(option)) {
            return;
        }
        String text = switch (option.type().kind()) {
            case FLAG -> "flase";
            case NUMBER -> "soon";
            default -> INVALID.get(option);
        };
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
