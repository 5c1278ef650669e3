package dev.websentry.server.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.websentry.server.settings.StartupFailureException;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of e-mail that do not fit together. */
class IncompleteEmailSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--spring.mail.host=127.0.0.1 --websentry.public-url=https://a.example"
                        + "|spring.mail.host is set, but websentry.mail.from is not",
                "--spring.mail.host=127.0.0.1 --websentry.mail.from=a@example.com"
                        + "|spring.mail.host is set, but websentry.public-url is not",
                "--websentry.mail.from=a@example.com|websentry.mail.from is set, but spring.mail.host is not",
                "--spring.mail.host=127.0.0.1 --websentry.mail.from=nobody --websentry.public-url=https://a.example"
                        + "|websentry.mail.from is 'nobody', which is not an e-mail address"
            })
    void incompleteSettingsPreventTheStart(String settings, String message) {
        List<String> all = Stream.concat(DatabaseVendor.SQLITE.freshDatabase().stream(), Stream.of(settings.split(" ")))
                .toList();
        Throwable failure =
                assertThrows(Exception.class, () -> TestServer.start(all).close());
        while (!(failure instanceof StartupFailureException) && failure.getCause() != null) {
            failure = failure.getCause();
        }
        assertEquals(message, failure.getMessage());
    }
}
