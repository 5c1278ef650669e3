package dev.websentry.testsite;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class ClosedPortTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void connectionsAreRefusedAndThePortStaysReserved() {
        try (ClosedPort closed = ClosedPort.reserve()) {
            assertThrows(ConnectException.class, () -> new Socket(LOOPBACK, closed.port()).close());
            assertThrows(BindException.class, () -> new ServerSocket(closed.port(), 1, LOOPBACK).close());
        }
    }

    /** Other systems do not report a closed port, or report it later. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void datagramsAreRefused() throws IOException {
        try (ClosedPort closed = ClosedPort.reserve();
                DatagramSocket client = new DatagramSocket()) {
            client.connect(LOOPBACK, closed.port());
            client.send(new DatagramPacket(new byte[1], 1));
            assertThrows(PortUnreachableException.class, () -> client.receive(new DatagramPacket(new byte[1], 1)));
        }
    }
}
