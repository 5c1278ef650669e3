package dev.websentry.testsite;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Skips tests if 127.0.0.2 cannot be bound. All of 127.0.0.0/8 is loopback on Linux and Windows; macOS has only
 * 127.0.0.1.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "dev.websentry.testsite.RequiresSecondLoopbackAddress$Condition#isMet",
        disabledReason = "127.0.0.2 cannot be bound: SKIPPED; on macOS, run: sudo ifconfig lo0 alias 127.0.0.2")
public @interface RequiresSecondLoopbackAddress {

    /** The condition of {@link RequiresSecondLoopbackAddress}. */
    final class Condition {
        private Condition() {}

        /** Returns whether a server can listen on 127.0.0.2. */
        public static boolean isMet() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
                return socket.isBound();
            } catch (IOException e) {
                return false;
            }
        }
    }
}
