package dev.websentry.server;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aot.AotDetector;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationListener;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

/**
 * Makes the server use the bean definitions that the build has generated (Spring AOT), which shortens its start. The
 * build has also decided which beans exist. A setting that could change such a decision turns the generated definitions
 * off, so that the setting works, but the start takes longer. See ADR 90.
 */
final class GeneratedBeanDefinitions implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(GeneratedBeanDefinitions.class);

    /** The system property that Spring sets while it generates the definitions. */
    private static final String GENERATING = "spring.aot.processing";

    private static final String GENERATED = WebSentryServer.class.getName() + "__ApplicationContextInitializer";

    /** Spring Boot's own settings can decide which beans exist. */
    private static final List<ConfigurationPropertyName> DECISIVE = names(
            "spring",
            "spring.application.admin",
            "spring.mail.jndi-name",
            "spring.mail.test-connection",
            "management",
            "server.forward-headers-strategy",
            "server.servlet");

    /** Settings that beans read at run time, and that decide nothing. */
    private static final List<ConfigurationPropertyName> HARMLESS = names(
            "management.server.address",
            "management.server.port",
            "management.server.ssl",
            "spring.aot",
            // Spring Boot sets some of them itself.
            "spring.application",
            "spring.config",
            "spring.context.exit",
            "spring.lifecycle",
            "spring.mail",
            "spring.output",
            "spring.ssl");

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        // The operator may have decided by the system property.
        if (SpringProperties.getProperty(AotDetector.AOT_ENABLED) != null
                || Boolean.getBoolean(GENERATING)
                || !ClassUtils.isPresent(GENERATED, WebSentryServer.class.getClassLoader())) {
            return;
        }
        Optional<String> decisive = decisiveSetting(event.getEnvironment());
        if (decisive.isEmpty()) {
            SpringProperties.setFlag(AotDetector.AOT_ENABLED);
        } else {
            LOG.info(
                    "{} is set, which can change the configuration that was generated for a fast start: the start takes"
                            + " longer",
                    decisive.get());
        }
    }

    /** Returns a setting of the operator that could change which beans exist. */
    static Optional<String> decisiveSetting(ConfigurableEnvironment environment) {
        // The generated definitions have a separate context for the management port.
        if (ManagementPortType.get(environment) != ManagementPortType.DIFFERENT) {
            return Optional.of("management.server.port");
        }
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(source -> !isPackaged(source))
                .flatMap(source ->
                        source instanceof IterableConfigurationPropertySource all ? all.stream() : Stream.of())
                .filter(GeneratedBeanDefinitions::isDecisive)
                .map(ConfigurationPropertyName::toString)
                .sorted()
                .findFirst();
    }

    /** Returns whether the settings are those in the jar, which the build has read, too. */
    private static boolean isPackaged(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> properties
                && properties.getName().contains("'class path resource [application.yaml]'");
    }

    /** Returns whether a setting could change which beans exist. */
    static boolean isDecisive(ConfigurationPropertyName setting) {
        return longest(DECISIVE, setting) > longest(HARMLESS, setting);
    }

    /** Returns the number of elements of the most specific name that contains a setting; 0 if no name does. */
    private static int longest(List<ConfigurationPropertyName> names, ConfigurationPropertyName setting) {
        return names.stream()
                .filter(name -> name.equals(setting) || name.isAncestorOf(setting))
                .mapToInt(ConfigurationPropertyName::getNumberOfElements)
                .max()
                .orElse(0);
    }

    private static List<ConfigurationPropertyName> names(String... names) {
        return Stream.of(names).map(ConfigurationPropertyName::of).toList();
    }
}
