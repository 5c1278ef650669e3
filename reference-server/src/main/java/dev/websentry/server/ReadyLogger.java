package dev.websentry.server;

import dev.websentry.server.settings.WebSentryProperties;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/** Logs which URL to open as soon as the server accepts requests. */
@Component
class ReadyLogger implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyLogger.class);

    private final WebSentryProperties settings;
    private final @Nullable InetAddress address;

    ReadyLogger(WebSentryProperties settings, @Value("${server.address:#{null}}") @Nullable InetAddress address) {
        this.settings = settings;
        this.address = address;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext server
                && server.getWebServer() != null) {
            LOG.info("WebSentry is ready. Open {}", url(server.getWebServer().getPort()));
        }
    }

    private String url(int port) {
        if (settings.publicUrl() != null) {
            return settings.publicUrl().toString();
        }
        if (address == null || address.isAnyLocalAddress()) {
            return "http://localhost:" + port + "/";
        }
        String literal = String.valueOf(address.getHostAddress());
        return "http://" + (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + port + "/";
    }
}
