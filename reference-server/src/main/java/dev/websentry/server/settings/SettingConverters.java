package dev.websentry.server.settings;

import dev.websentry.engine.config.AddressRange;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.context.annotation.Bean;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterRegistry;

/**
 * Converts settings to types of the engine. The bean methods are static because settings are read before most beans
 * exist.
 */
public final class SettingConverters {
    private static final int DNS_PORT = 53;

    /** Adds the converters to a registry, for code that runs without an application context. */
    public static void addTo(ConverterRegistry registry) {
        registry.addConverter(addressRanges());
        registry.addConverter(dnsServers());
        registry.addConverter(resolveOverrides());
    }

    @Bean
    @ConfigurationPropertiesBinding
    static Converter<String, AddressRange> addressRanges() {
        // Not a lambda: Spring reads the source and target types from the class.
        return new Converter<>() {
            @Override
            public AddressRange convert(String text) {
                return AddressRange.parse(text);
            }
        };
    }

    @Bean
    @ConfigurationPropertiesBinding
    static Converter<String, HostAndPort> dnsServers() {
        return new Converter<>() {
            @Override
            public HostAndPort convert(String text) {
                return HostAndPort.parse(text, DNS_PORT);
            }
        };
    }

    @Bean
    @ConfigurationPropertiesBinding
    static Converter<String, ResolveOverride> resolveOverrides() {
        return new Converter<>() {
            @Override
            public ResolveOverride convert(String text) {
                return ResolveOverride.parse(text);
            }
        };
    }
}
