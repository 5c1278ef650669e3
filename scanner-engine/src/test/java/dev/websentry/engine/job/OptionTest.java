package dev.websentry.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionTest {
    private static RawOptions required() {
        return new RawOptions(Option::key)
                .set(Option.URL, "www.example.com")
                .set(Option.OUTPUT_DIRECTORY, "target/out");
    }

    @Test
    void namesAreUnique() {
        List<String> keys = Arrays.stream(Option.values()).map(Option::key).toList();
        assertEquals(keys.stream().distinct().toList(), keys);
    }

    @Test
    void defaultsThatAreSetEqualOptionsThatAreNotSet() throws Exception {
        RawOptions explicit = required();
        for (Option option : Option.values()) {
            List<String> defaults = option.type().defaultValues();
            if (!defaults.isEmpty()) {
                explicit.set(option, defaults);
                assertFalse(explicit.isSet(option), option.key());
            }
        }
        assertEquals(ScanRequest.parse(required()), ScanRequest.parse(explicit));
    }

    @Test
    void defaultsDoNotPreventARemoteScan() throws Exception {
        RawOptions texts = required().set(Option.SERVER, "https://websentry.dev");
        for (Option option : Option.values()) {
            if (option.isLocalOnly()) {
                texts.set(option, option.type().defaultValues());
            }
        }
        assertTrue(ScanRequest.parse(texts).server().isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void numbersOutsideTheDeclaredRangeAreRefused(Option option) throws Exception {
        if (option.type().kind() != OptionKind.NUMBER) {
            return;
        }
        for (int number : List.of(option.type().min(), option.type().max())) {
            ScanRequest.parse(required().set(option, Integer.toString(number)));
        }
        for (int number : List.of(option.type().min() - 1, option.type().max() + 1)) {
            InvalidOptionException error = assertThrows(
                    InvalidOptionException.class,
                    () -> ScanRequest.parse(required().set(option, Integer.toString(number))));
            assertEquals(
                    option.key() + ": invalid value \"" + number + "\"; use a whole number from "
                            + option.type().min() + " to " + option.type().max(),
                    error.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void flagsThatAreNeitherTrueNorFalseAreRefused(Option option) {
        if (option.type().kind() == OptionKind.FLAG) {
            assertThrows(
                    InvalidOptionException.class,
                    () -> new RawOptions(Option::key).set(option, "flase").flag(option));
        }
    }

    @ParameterizedTest
    @EnumSource
    void helpIsWrittenInSentences(Option option) {
        for (OptionGroup group : OptionGroup.values()) {
            String help = option.help(group);
            assertTrue(help.matches("[A-Z].*\\."), help);
            assertEquals(0, help.chars().filter(c -> c == '`').count() % 2, help);
        }
    }
}
