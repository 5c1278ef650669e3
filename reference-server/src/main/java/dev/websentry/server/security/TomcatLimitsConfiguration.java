package dev.websentry.server.security;

import dev.websentry.server.settings.WebSentryProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Limits the connections of one client address. Tomcat limits only their total ({@code server.tomcat.*}). */
@Configuration(proxyBeanMethods = false)
class TomcatLimitsConfiguration {
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionsPerAddress(WebSentryProperties settings) {
        return factory -> {
            factory.setProtocol(AddressLimitedProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> {
                if (connector.getProtocolHandler() instanceof AddressLimitedProtocol limited) {
                    limited.setTrustedProxies(settings.trustedProxies());
                }
            });
        };
    }
}
