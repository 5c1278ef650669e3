package dev.websentry.server;

import org.springframework.boot.SpringApplication;

/**
 * Creates the Spring application of the server. It is not a method of {@link WebSentryServer}, because the JVM loads the
 * types of that class's public methods, also for commands that do not need Spring.
 */
public final class ServerApplication {
    private ServerApplication() {}

    /** Creates the application, which uses the generated bean definitions if the settings allow it. */
    public static SpringApplication create() {
        SpringApplication server = new SpringApplication(WebSentryServer.class);
        server.setMainApplicationClass(WebSentryServer.class);
        server.addListeners(new GeneratedBeanDefinitions());
        return server;
    }
}
