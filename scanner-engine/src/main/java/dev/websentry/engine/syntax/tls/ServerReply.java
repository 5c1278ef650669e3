package dev.websentry.engine.syntax.tls;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** What came of a ClientHello. */
public sealed interface ServerReply {
    /** A ServerHello and what followed it. */
    record Answered(ServerFlight flight) implements ServerReply {}

    /** @param how the alert, or how the connection ended */
    record Refused(String how) implements ServerReply {}

    /** @param beginning of what came instead, printable */
    record NotTls(String beginning) implements ServerReply {}

    /**
     * Reads a server's first flight.
     *
     * @param in bounded in time by its owner
     * @throws IOException of the stream, when it fails before a ServerHello; after one, what came counts
     */
    static ServerReply read(InputStream in) throws IOException {
        HandshakeReader reader = new HandshakeReader(in);
        ServerFlight.Builder flight;
        ServerHello hello;
        try {
            HandshakeReader.Message first = reader.next();
            if (first.type() != 2) {
                return new NotTls("handshake message of type " + first.type() + " instead of a ServerHello");
            }
            hello = ServerHello.parse(first.body().toByteArray());
            flight = new ServerFlight.Builder(hello);
        } catch (HandshakeReader.AlertException e) {
            return new Refused(String.valueOf(e.getMessage()));
        } catch (EOFException e) {
            return new Refused("the connection was closed");
        } catch (HandshakeReader.NotTlsException | MalformedTlsException e) {
            return new NotTls(String.valueOf(e.getMessage()));
        }
        if (hello.version() <= ProtocolVersion.TLS_1_2.code()) {
            readOn(reader, flight);
        }
        return new Answered(flight.build());
    }

    private static void readOn(HandshakeReader reader, ServerFlight.Builder flight) {
        try {
            boolean more = true;
            while (more) {
                more = flight.add(reader.next());
            }
        } catch (IOException e) {
            // The ServerHello stands, and so does every whole message before the end.
        }
    }
}
