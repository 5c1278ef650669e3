package dev.websentry.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Folded header lines, RFC 9112 sections 2.2 and 5.2. */
class HeaderUnfoldingStreamsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @ParameterizedTest(name = "{0}")
    @MethodSource("responses")
    void joinsFoldedLinesOfHeaderSectionsOnly(String sentence, String sent, String expected) throws IOException {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            assertEquals(expected, receive(sent, random), sentence);
        }
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                arguments("unfolded lines are unchanged", OK + "A: 1\r\nB: 2\r\n\r\nx", OK + "A: 1\r\nB: 2\r\n\r\nx"),
                arguments("a space continues a line", OK + "A: 1\r\n 2\r\n\r\n", OK + "A: 1 2\r\n\r\n"),
                arguments(
                        "a tab continues a line", OK + "A: 1\r\n\t \t2\r\nB: 3\r\n\r\n", OK + "A: 1 2\r\nB: 3\r\n\r\n"),
                arguments("several lines continue", OK + "A: 1\r\n 2\r\n 3\r\n\r\n", OK + "A: 1 2 3\r\n\r\n"),
                arguments("a continuation may have a colon", OK + "A: 1\r\n B: 2\r\n\r\n", OK + "A: 1 B: 2\r\n\r\n"),
                arguments(
                        "a blank continuation does not end the section",
                        OK + "A: 1\r\n \r\nB: 2\r\n\r\n",
                        OK + "A: 1 \r\nB: 2\r\n\r\n"),
                arguments(
                        "a line feed ends a line",
                        "HTTP/1.1 200 OK\nA: 1\n 2\n\n x\n y",
                        "HTTP/1.1 200 OK\nA: 1 2\n\n x\n y"),
                arguments("a bare CR is data", OK + "A: 1\r 2\r\n\r\n", OK + "A: 1\r 2\r\n\r\n"),
                arguments(
                        "two CRs are not an empty line", OK + "A: 1\r\n\r\r\n 2\r\n\r\n", OK + "A: 1\r\n\r 2\r\n\r\n"),
                arguments(
                        "section 2.2: white space after the status line is dropped",
                        OK + " A: 1\r\n\tB: 2\r\nC: 3\r\n\r\n",
                        OK + "C: 3\r\n\r\n"),
                arguments(
                        "the body is unchanged",
                        OK + "A: 1\r\n\r\nx\r\n y\r\n\r\n z",
                        OK + "A: 1\r\n\r\nx\r\n y\r\n\r\n z"),
                arguments("a section without fields ends", OK + "\r\nx\r\n y", OK + "\r\nx\r\n y"),
                arguments(
                        "RFC 9110 section 15.2: a response follows an informational one",
                        "HTTP/1.1 103 Early Hints\r\nL: 1\r\n 2\r\n\r\n" + OK + "A: 1\r\n 2\r\n\r\nx\r\n y",
                        "HTTP/1.1 103 Early Hints\r\nL: 1 2\r\n\r\n" + OK + "A: 1 2\r\n\r\nx\r\n y"),
                arguments(
                        "nothing follows 101",
                        "HTTP/1.1 101 Switching Protocols\r\n\r\nA: 1\r\n 2",
                        "HTTP/1.1 101 Switching Protocols\r\n\r\nA: 1\r\n 2"),
                arguments(
                        "RFC 9110 section 5.5: only spaces and tabs surround a value",
                        OK + "A: nosniff\u000b\r\nB: \u001f1\r\n\r\n\u000b",
                        OK + "A: nosniff\u00ef\u00bf\u00bd\r\nB: \u00ef\u00bf\u00bd1\r\n\r\n\u000b"),
                arguments("an end within a section loses nothing", OK + "A: 1\r\n", OK + "A: 1\r\n"),
                arguments("an end within a line loses nothing", OK + "A: 1\r", OK + "A: 1\r"));
    }

    @Test
    void bytesThatWereReceivedBeforeTheRequestAreNotItsResponse() throws IOException {
        HeaderUnfoldingStreams streams = streams(
                new ByteArrayInputStream(bytes(OK + "A: 1\r\n 2\r\n\r\n" + "12\r\n 4" + OK + "A: 1\r\n 2\r\n\r\n")));
        streams.output().write(bytes("GET / HTTP/1.1\r\n"));
        streams.output().write(bytes("Host: a\r\n\r\n"));
        String first = OK + "A: 1 2\r\n\r\n12\r\n 4";
        assertEquals(first, text(streams.input().readNBytes(first.length())));
        // The rest was received together with the body, like a body of unknown length.
        streams.output().write('G');
        assertEquals(OK + "A: 1\r\n 2\r\n\r\n", text(streams.input().readAllBytes()));
    }

    @Test
    void endlessContinuationLinesAreRejected() {
        InputStream endless = new InputStream() {
            private final byte[] section = bytes(OK + "A: 1");
            private int at;

            @Override
            public int read() {
                int current = at++;
                return current < section.length ? section[current] : "\r\n ".charAt((current - section.length) % 3);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    bytes[offset + i] = (byte) read();
                }
                return length;
            }
        };
        assertThrows(ProtocolException.class, () -> {
            HeaderUnfoldingStreams streams = streams(endless);
            streams.output().write(bytes("GET / HTTP/1.1\r\n\r\n"));
            streams.input().readAllBytes();
        });
    }

    private static HeaderUnfoldingStreams streams(InputStream in) {
        return new HeaderUnfoldingStreams(in, OutputStream.nullOutputStream());
    }

    /** Reads a response that arrives in pieces of random sizes, with reads of random sizes. */
    private static String receive(String sent, Random random) throws IOException {
        InputStream pieces = new ByteArrayInputStream(bytes(sent)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(6)));
            }
        };
        HeaderUnfoldingStreams streams = streams(pieces);
        streams.output().write(bytes("GET / HTTP/1.1\r\n\r\n"));
        StringBuilder received = new StringBuilder();
        byte[] buffer = new byte[16];
        while (true) {
            int count = streams.input().read(buffer, 0, 1 + random.nextInt(16));
            if (count < 0) {
                return received.toString();
            }
            received.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
