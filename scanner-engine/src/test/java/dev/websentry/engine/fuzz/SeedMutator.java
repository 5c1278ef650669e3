package dev.websentry.engine.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Mutates the seeds of a fuzz target. The sequence of inputs is determined by the random seed. */
final class SeedMutator {
    private final FuzzTarget target;
    private final Random random;

    SeedMutator(FuzzTarget target, long seed) {
        this.target = target;
        this.random = new Random(seed);
    }

    /** Returns the next input. */
    byte[] next() {
        byte[] bytes = any(target.seeds());
        for (int steps = 1 + random.nextInt(5); steps > 0; steps--) {
            bytes = step(bytes);
        }
        return bytes.length > target.maxLength() ? Arrays.copyOf(bytes, target.maxLength()) : bytes;
    }

    private byte[] step(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(Math.min(64, bytes.length - from) + 1);
        return switch (random.nextInt(8)) {
            case 0 -> flipped(bytes, from);
            case 1 -> joined(bytes, from, new byte[0], to);
            case 2 -> Arrays.copyOf(bytes, from);
            case 3 -> joined(bytes, from, noise(), from);
            case 4 -> joined(bytes, from, word(), from);
            case 5 -> joined(bytes, from, word(), to);
            case 6 -> joined(bytes, from, any(target.seeds()), to);
            default -> joined(bytes, from, repeated(Arrays.copyOfRange(bytes, from, to)), to);
        };
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        if (at < copy.length) {
            copy[at] ^= (byte) (1 << (at % 8));
        }
        return copy;
    }

    private byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(8)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] word() {
        return target.words().isEmpty() ? noise() : any(target.words());
    }

    /** Repeats a token, which reveals superlinear algorithms. */
    private byte[] repeated(byte[] token) {
        byte[] unit = token.length == 0 ? word() : token;
        int room = random.nextInt(10) == 0 ? target.maxLength() : Math.min(target.maxLength(), 2_000);
        byte[] bytes = new byte[Math.max(unit.length, room / unit.length * unit.length)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = unit[i % unit.length];
        }
        return bytes;
    }

    private byte[] any(List<byte[]> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, head);
        out.writeBytes(middle);
        out.write(bytes, tail, bytes.length - tail);
        return out.toByteArray();
    }
}
