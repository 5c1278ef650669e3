package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipInsertionTest {
    private final Random random = new Random(42);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 8191, 8192, 40_000, 70_000, 1_000_000})
    void resultIsOneMemberWithAllParts(int length) {
        for (int round = 0; round < 10; round++) {
            byte[] before = text(random.nextInt(300));
            byte[] middle = text(length);
            byte[] after = text(random.nextInt(300));
            byte[] inserted =
                    GzipInsertion.insert(before, Gzip.compress(middle), after).orElseThrow();
            // The JDK reads several members, but verifies the checksum and the length of each.
            assertEquals(string(before) + string(middle) + string(after), string(Gzip.decompress(inserted)));
            assertTrue(inserted.length <= before.length + Gzip.compress(middle).length + after.length + 10);
        }
    }

    @Test
    void emptyAndLongestTextsAreInserted() {
        byte[] longest = text(0xFFFF);
        byte[] middle = Gzip.compress(text(1000));
        assertEquals(
                1000,
                Gzip.decompress(GzipInsertion.insert(new byte[0], middle, new byte[0])
                                .orElseThrow())
                        .length);
        assertEquals(
                2 * 0xFFFF + 1000,
                Gzip.decompress(GzipInsertion.insert(longest, middle, longest).orElseThrow()).length);
        assertEquals(Optional.empty(), GzipInsertion.insert(text(0x10000), middle, longest));
        assertEquals(Optional.empty(), GzipInsertion.insert(longest, middle, text(0x10000)));
    }

    @Test
    void incompressibleDataIsInserted() {
        byte[] middle = new byte[200_000];
        random.nextBytes(middle);
        byte[] inserted =
                GzipInsertion.insert(text(10), Gzip.compress(middle), text(20)).orElseThrow();
        byte[] all = Gzip.decompress(inserted);
        assertTrue(Arrays.equals(middle, Arrays.copyOfRange(all, 10, 200_010)));
    }

    /** Earlier versions of the server have stored such streams. */
    @Test
    void streamWithoutMarkedEndIsNotChanged() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text(40_000));
        }
        assertEquals(Optional.empty(), GzipInsertion.insert(text(1), out.toByteArray(), text(1)));
        assertEquals(Optional.empty(), GzipInsertion.insert(text(1), new byte[3], text(1)));
    }

    private byte[] text(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append("\"status\": \"").append(random.nextInt(20)).append("\", ");
        }
        return text.substring(0, length).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
