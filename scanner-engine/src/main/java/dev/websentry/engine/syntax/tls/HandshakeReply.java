package dev.websentry.engine.syntax.tls;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Response of a server to a ClientHello. */
public sealed interface HandshakeReply {
    /**
     * The server sent a ServerHello.
     *
     * @param flight the ServerHello and the messages after it
     */
    record ServerFlightReceived(ServerFlight flight) implements HandshakeReply {}

    /**
     * The server rejected the handshake.
     *
     * @param reason the alert, or how the connection ended
     */
    record HandshakeRefused(String reason) implements HandshakeReply {}

    /**
     * The server sent something other than TLS.
     *
     * @param firstBytes the first bytes as printable text, or a description of the protocol violation
     */
    record NotTlsReply(String firstBytes) implements HandshakeReply {}

    /**
     * Reads the first flight of a server.
     *
     * @param in stream of the connection; the caller must set a read timeout
     * @return the response; incomplete if the stream fails after the ServerHello
     * @throws IOException if the stream fails before the ServerHello
     */
    static HandshakeReply read(InputStream in) throws IOException {
        HandshakeReader reader = new HandshakeReader(in);
        ServerFlight.Builder flight;
        ServerHello hello;
        try {
            HandshakeReader.HandshakeMessage first = reader.next();
            if (first.type() != 2) {
                return new NotTlsReply("handshake message of type " + first.type() + " instead of a ServerHello");
            }
            hello = ServerHello.parse(first.body().toByteArray());
            flight = new ServerFlight.Builder(hello);
        } catch (HandshakeReader.TlsAlertException e) {
            return new HandshakeRefused(String.valueOf(e.getMessage()));
        } catch (EOFException e) {
            return new HandshakeRefused("the connection was closed");
        } catch (HandshakeReader.NotTlsException | MalformedTlsException e) {
            return new NotTlsReply(String.valueOf(e.getMessage()));
        }
        if (hello.version() <= ProtocolVersion.TLS_1_2.code()) {
            readRemaining(reader, flight);
        }
        return new ServerFlightReceived(flight.build());
    }

    private static void readRemaining(HandshakeReader reader, ServerFlight.Builder flight) {
        try {
            boolean more = true;
            while (more) {
                more = flight.add(reader.next());
            }
        } catch (IOException e) {
            // Keep the ServerHello and every complete message before the failure.
        }
    }
}
