package dev.websentry.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "WEBSENTRY_SINGUP, WEBSENTRY_SIGNUP",
        "WEBSENTRY_DATADR, WEBSENTRY_DATA_DIR",
        "WEBSENTRY_PUBLIC_ULR, WEBSENTRY_PUBLIC_URL",
        "WEBSENTRY_DB_USER_NAME, WEBSENTRY_DB_USERNAME",
        "websentry_signup, WEBSENTRY_SIGNUP"
    })
    void anUnknownVariableIsNamedWithTheNearestSetting(String variable, String nearest) {
        assertEquals(
                List.of(variable + ": unknown setting; did you mean " + nearest
                        + "? docs/server.md lists all settings"),
                UnknownSettings.unknown(Set.of(variable, "PATH")));
    }

    /** Relaxed binding from the environment (Spring Boot reference, "Binding From Environment Variables"). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WEBSENTRY_SIGNUP",
                "WEBSENTRY_DATA_DIR",
                "WEBSENTRY_DATADIR",
                "WEBSENTRY_DB_URL",
                "WEBSENTRY_TRUSTED_PROXIES",
                "WEBSENTRY_TRUSTEDPROXIES_0",
                "WEBSENTRY_TRUSTED_PROXIES_12",
                "WEBSENTRY_API_KEY",
                "WEBSENTRY_SERVICE_HOST",
                "WEBSENTRY_SERVICE_PORT_HTTP",
                "WEBSENTRY_SERVER_PORT_8080_TCP_ADDR",
                "WEBSENTRY_PORT",
                "WEBSENTRYX",
                "HOME"
            })
    void settingsAndVariablesOfOthersAreAccepted(String variable) {
        assertEquals(List.of(), UnknownSettings.unknown(Set.of(variable)));
    }

    @Test
    void anUnknownPropertyIsNamedWithTheNearestSetting() {
        assertEquals(
                "websentry.singup: unknown setting; did you mean websentry.signup? docs/server.md lists all settings",
                UnknownSettings.describe("websentry.singup"));
    }

    @ParameterizedTest
    @CsvSource({
        "websentry.singup, websentry.signup",
        "websentry.db.pasword, websentry.db.password",
        "websentry.datadirs, websentry.data-dir",
        "WebSentry.Public-Ulr, websentry.public-url",
        "websentry.signup[0].x, websentry.signup"
    })
    void anUnknownSystemPropertyIsNamedWithTheNearestSetting(String property, String nearest) {
        assertEquals(
                List.of(property + ": unknown setting; did you mean " + nearest
                        + "? docs/server.md lists all settings"),
                UnknownSettings.unknownProperties(Set.of(property, "java.home")));
    }

    /** Relaxed binding of properties (Spring Boot reference, "Relaxed Binding"). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "websentry.signup",
                "websentry.data-dir",
                "websentry.dataDir",
                "websentry.data_dir",
                "websentry.trusted-proxies[0]",
                "websentry.db.url",
                "websentryx.signup",
                "websentry",
                "spring.datasource.url"
            })
    void settingsAndPropertiesOfOthersAreAccepted(String property) {
        assertEquals(List.of(), UnknownSettings.unknownProperties(Set.of(property)));
    }
}
