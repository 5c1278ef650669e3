import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Succeeds if the server in this container is ready. The image contains neither a shell nor an HTTP client. */
final class HealthCheck {
    private static final int TIMEOUT_MILLIS = 2000;

    private HealthCheck() {}

    public static void main(String[] arguments) {
        String status = status(Integer.parseInt(System.getenv().getOrDefault("MANAGEMENT_SERVER_PORT", "8081")));
        System.out.println(status);
        System.exit(status.startsWith("HTTP/1.1 200") ? 0 : 1);
    }

    /** Returns the status line of the readiness endpoint, or why there is none. */
    private static String status(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String request = "GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader response =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = response.readLine();
            return line == null ? "the server closed the connection" : line;
        } catch (IOException e) {
            return "no response on port " + port + ": " + e.getMessage();
        }
    }
}
