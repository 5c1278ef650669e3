package dev.websentry.server.command;

import dev.websentry.server.settings.InvalidSettingAnalyzer;
import dev.websentry.server.settings.SettingConverters;
import dev.websentry.server.settings.WebSentryProperties;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Reads the settings from the sources of the server: arguments, environment and configuration files. */
final class CommandSettings {
    private static final String PREFIX = "websentry";

    private CommandSettings() {}

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException if a setting is invalid; the message is for the administrator
     */
    static WebSentryProperties read(String[] arguments) {
        // Until logging is initialized, which commands do not, nothing is logged.
        LoggingSystem.get(CommandSettings.class.getClassLoader()).beforeInitialize();
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        ConfigurationPropertySources.attach(environment);
        ApplicationConversionService conversions = new ApplicationConversionService();
        SettingConverters.addTo(conversions);
        Binder binder = new Binder(
                ConfigurationPropertySources.get(environment),
                new PropertySourcesPlaceholdersResolver(environment),
                conversions,
                null,
                new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
        try {
            return binder.bindOrCreate(PREFIX, Bindable.of(WebSentryProperties.class));
        } catch (BindException e) {
            FailureAnalysis analysis = new InvalidSettingAnalyzer().analyze(e);
            throw new IllegalArgumentException(analysis == null ? e.getMessage() : analysis.getDescription(), e);
        }
    }
}
