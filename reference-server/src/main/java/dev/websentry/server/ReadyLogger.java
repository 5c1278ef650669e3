package dev.websentry.server;

import dev.websentry.server.auth.OwnerSetupService;
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

/**
 * Logs which URL to open as soon as the server accepts requests: that of the first-run page until there is an
 * administrator.
 */
@Component
class ReadyLogger implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyLogger.class);

    private final WebSentryProperties settings;
    private final OwnerSetupService setup;
    private final @Nullable InetAddress address;

    ReadyLogger(
            WebSentryProperties settings,
            OwnerSetupService setup,
            @Value("${server.address:#{null}}") @Nullable InetAddress address) {
        this.settings = settings;
        this.setup = setup;
        this.address = address;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext server
                && server.getWebServer() != null) {
            String url = url(server.getWebServer().getPort());
            setup.createCode()
                    .ifPresentOrElse(
                            code -> LOG.info(
                                    "WebSentry is ready. It has no administrator yet: create yours at {}setup?code={}",
                                    url,
                                    code),
                            () -> LOG.info("WebSentry is ready. Open {}", url));
        }
    }

    private String url(int port) {
        if (settings.publicUrl() != null) {
            String url = settings.publicUrl().toString();
            return url.endsWith("/") ? url : url + "/";
        }
        if (address == null || address.isAnyLocalAddress()) {
            return "http://localhost:" + port + "/";
        }
        String literal = String.valueOf(address.getHostAddress());
        return "http://" + (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + port + "/";
    }
}
