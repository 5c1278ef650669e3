package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.ObservedSite;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/** Encodes signed certificate timestamps (RFC 6962 section 3.2) of fictitious logs. */
public final class Timestamps {
    private Timestamps() {}

    /** Returns a timestamp of one day before the time of the tests. */
    public static byte[] of(int log) {
        return of(log, ObservedSite.NOW.minus(Duration.ofDays(1)));
    }

    public static byte[] of(int log, Instant time) {
        ByteBuffer sct = ByteBuffer.allocate(1 + 32 + 8 + 2 + 4);
        sct.put(1, (byte) log);
        sct.putLong(33, time.toEpochMilli());
        return sct.array();
    }

    /** Returns a SignedCertificateTimestampList. */
    public static byte[] list(byte[]... timestamps) {
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        for (byte[] timestamp : timestamps) {
            entries.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) timestamp.length).array());
            entries.writeBytes(timestamp);
        }
        return ByteBuffer.allocate(2 + entries.size())
                .putShort((short) entries.size())
                .put(entries.toByteArray())
                .array();
    }
}
