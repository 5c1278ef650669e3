package dev.websentry.server.scan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Inserts data that is compressed already between two uncompressed texts, so that a stored report is sent without
 * decompressing and compressing it again. The result is one gzip member: clients do not agree on several (RFC 1952
 * section 2.2). The texts become stored blocks (RFC 1951 section 3.2.4), and the checksum of the whole is calculated
 * from those of the parts. See ADR 92.
 */
final class GzipInsertion {
    private static final int HEADER_LENGTH = 10;
    private static final int TRAILER_LENGTH = 8;
    private static final int BLOCK_HEADER_LENGTH = 5;
    private static final int MAX_STORED_BLOCK = 0xFFFF;

    /** The end of a stream that {@link Gzip} has written: an empty stored block, then an empty last block. */
    private static final byte[] END = {0, 0, (byte) 0xFF, (byte) 0xFF, 3, 0};

    private static final int LAST_BLOCK_LENGTH = 2;

    /** The polynomial of CRC-32 with the coefficient of x^0 in the highest bit (RFC 1952 section 8). */
    private static final int POLYNOMIAL = 0xEDB88320;

    private static final int X_POWER_0 = 1 << 31;
    private static final int X_POWER_8 = 1 << 23;

    private GzipInsertion() {}

    /**
     * Returns the compressed form of the three parts.
     *
     * @param middle data that {@link Gzip#compress} has compressed
     * @return empty if the data was compressed by an earlier version of the server, whose streams cannot be continued
     */
    static Optional<byte[]> insert(byte[] before, byte[] middle, byte[] after) {
        int end = middle.length - TRAILER_LENGTH;
        boolean continuable = end >= HEADER_LENGTH + END.length
                // The header has no optional fields.
                && middle[3] == 0
                && Arrays.equals(middle, end - END.length, end, END, 0, END.length)
                && before.length <= MAX_STORED_BLOCK
                && after.length <= MAX_STORED_BLOCK;
        if (!continuable) {
            return Optional.empty();
        }
        ByteBuffer trailer = ByteBuffer.wrap(middle, end, TRAILER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        int middleChecksum = trailer.getInt();
        int middleLength = trailer.getInt();
        int dataLength = end - LAST_BLOCK_LENGTH - HEADER_LENGTH;
        ByteBuffer out = ByteBuffer.allocate(HEADER_LENGTH
                        + (BLOCK_HEADER_LENGTH + before.length)
                        + dataLength
                        + (BLOCK_HEADER_LENGTH + after.length)
                        + TRAILER_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(middle, 0, HEADER_LENGTH);
        putStoredBlock(out, before, false);
        out.put(middle, HEADER_LENGTH, dataLength);
        putStoredBlock(out, after, true);
        int checksum = combine(checksum(before), middleChecksum, middleLength);
        out.putInt(combine(checksum, checksum(after), after.length));
        out.putInt(before.length + middleLength + after.length);
        return Optional.of(out.array());
    }

    private static void putStoredBlock(ByteBuffer out, byte[] data, boolean last) {
        out.put((byte) (last ? 1 : 0));
        out.putShort((short) data.length);
        out.putShort((short) ~data.length);
        out.put(data);
    }

    private static int checksum(byte[] data) {
        CRC32 checksum = new CRC32();
        checksum.update(data);
        return (int) checksum.getValue();
    }

    /** Returns the CRC-32 of two parts: that of the first one, followed by as many zero bytes as the second one has. */
    private static int combine(int first, int second, int secondLength) {
        int shift = X_POWER_0;
        int square = X_POWER_8;
        for (int length = secondLength; length != 0; length >>>= 1) {
            if ((length & 1) != 0) {
                shift = multiply(shift, square);
            }
            square = multiply(square, square);
        }
        return multiply(shift, first) ^ second;
    }

    /** Multiplies two polynomials modulo {@link #POLYNOMIAL}. */
    private static int multiply(int left, int right) {
        int product = 0;
        int factor = right;
        for (int rest = left; rest != 0; rest <<= 1) {
            if (rest < 0) {
                product ^= factor;
            }
            factor = (factor >>> 1) ^ ((factor & 1) == 0 ? 0 : POLYNOMIAL);
        }
        return product;
    }
}
