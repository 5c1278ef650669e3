package dev.websentry.server.scan;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses and decompresses data in memory (RFC 1952). */
final class Gzip {
    private static final int BUFFER_SIZE = 8192;

    private Gzip() {}

    /**
     * Returns whether a client accepts gzip.
     *
     * @param acceptEncoding the header of the request
     */
    static boolean isAccepted(@Nullable String acceptEncoding) {
        return acceptEncoding != null
                && acceptEncoding.toLowerCase(Locale.ROOT).contains("gzip")
                && !acceptEncoding.replace(" ", "").toLowerCase(Locale.ROOT).contains("gzip;q=0");
    }

    /** Compresses data. The end is marked, so that {@link GzipInsertion} can continue the stream. */
    static byte[] compress(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, BUFFER_SIZE, true)) {
            gzip.write(data);
            gzip.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] decompress(byte[] data) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(data), BUFFER_SIZE)) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
