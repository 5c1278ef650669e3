package dev.websentry.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Options that contain addresses are parsed without a name lookup. The test starts a JVM whose hosts file resolves
 * texts that are not addresses.
 */
class IpLiteralParserTest {
    private static final List<String> NOT_ADDRESSES = List.of("999.1.1.1", "1.2.3.4.5", "192.0.2", "10", "1..2");

    @TempDir
    Path folder;

    @Test
    void textsThatAreNotAddressesAreNotResolved() throws Exception {
        Path hosts = folder.resolve("hosts");
        Files.writeString(
                hosts,
                String.join(
                        "",
                        NOT_ADDRESSES.stream()
                                .map(name -> "127.0.0.1 " + name + "\n")
                                .toList()));
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LiteralParserMain.class.getName())
                .redirectErrorStream(true)
                .start();
        String read = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), read);
        assertEquals("", read);
    }

    /** Prints each text that is accepted as an address. */
    static final class LiteralParserMain {
        private LiteralParserMain() {}

        public static void main(String[] arguments) {
            for (String text : NOT_ADDRESSES) {
                accept(() -> AddressRange.parse(text));
                accept(() -> AddressRange.parse(text + "/8"));
                accept(() -> ResolveOverride.parse("www.example.com:443:" + text));
            }
        }

        private static void accept(java.util.function.Supplier<Object> parser) {
            try {
                System.out.println(parser.get());
            } catch (IllegalArgumentException e) {
                // Expected.
            }
        }
    }
}
