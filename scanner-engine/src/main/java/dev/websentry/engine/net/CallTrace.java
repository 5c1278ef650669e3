package dev.websentry.engine.net;

import dev.websentry.engine.observation.TlsSession;
import org.jspecify.annotations.Nullable;

/** Records what the network interceptor learns about the connection of one call. */
final class CallTrace {
    final Runnable connected;

    @Nullable
    TlsSession session;

    String address = "";
    boolean proxied;

    CallTrace() {
        this(() -> {});
    }

    CallTrace(Runnable connected) {
        this.connected = connected;
    }
}
