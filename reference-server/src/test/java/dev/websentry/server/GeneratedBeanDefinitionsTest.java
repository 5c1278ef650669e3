package dev.websentry.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;

/** Generated bean definitions are used unless a setting could change which beans exist. */
class GeneratedBeanDefinitionsTest {
    private static final Pattern DOCUMENTED = Pattern.compile("\\| `([a-z.-]+)` \\| `[A-Z_]+` \\|");

    /** The jar sets it, so that its condition is always true. */
    private static final String ALWAYS_SET = "spring.mail.host";

    @Test
    void documentedSettingsLeaveTheGeneratedDefinitionsOn() throws IOException {
        List<String> documented = DOCUMENTED
                .matcher(Files.readString(Path.of("..", "docs", "server.md")))
                .results()
                .map(row -> row.group(1))
                .toList();
        assertTrue(documented.contains("spring.mail.host") && documented.contains("management.server.port"));
        for (String setting : documented) {
            assertFalse(GeneratedBeanDefinitions.isDecisive(ConfigurationPropertyName.of(setting)), setting);
        }
    }

    /** The other conditions of Spring Boot are functions of the class path or of these settings' prefixes. */
    @Test
    void everyPropertyOfAConditionTurnsThemOff() throws IOException {
        Set<String> read = conditionProperties();
        assertTrue(
                read.contains("server.forward-headers-strategy") && read.contains("spring.flyway.enabled"), "" + read);
        for (String setting : read) {
            ConfigurationPropertyName name = ConfigurationPropertyName.of(setting);
            assertEquals(!setting.equals(ALWAYS_SET), GeneratedBeanDefinitions.isDecisive(name), setting);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.threads.virtual.enabled=true",
                "spring.profiles.active=production",
                "management.endpoints.web.exposure.include=health,info",
                "management.health.diskspace.enabled=false",
                "spring.mail.jndi-name=mail",
                "server.forward-headers-strategy=framework"
            })
    void settingThatDecidesIsNamed(String setting) {
        assertEquals(Optional.of(setting.substring(0, setting.indexOf('='))), decisive(setting));
    }

    @Test
    void decisiveEnvironmentVariableIsRecognized() {
        StandardEnvironment environment = packaged();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(
                                        "SPRING_FLYWAY_ENABLED",
                                        "false",
                                        "SERVER_SOFTWARE",
                                        "x",
                                        "WEBSENTRY_SIGNUP",
                                        "open")));
        assertEquals(Optional.of("spring.flyway.enabled"), GeneratedBeanDefinitions.decisiveSetting(environment));
    }

    /** The generated definitions have a second context for another port. */
    @Test
    void sameOrNoManagementPortIsDecisive() {
        assertEquals(Optional.of("management.server.port"), decisive("management.server.port=-1"));
        assertEquals(
                Optional.of("management.server.port"), decisive("management.server.port=9000", "server.port=9000"));
        assertEquals(Optional.of("management.server.port"), decisive("management.server.port=8080"));
        assertEquals(Optional.empty(), decisive("management.server.port=9001", "server.port=9000"));
        assertEquals(Optional.empty(), decisive("management.server.port=0", "server.port=0"));
    }

    @Test
    void settingsInTheJarAndOfSpringBootAreNotThoseOfTheOperator() {
        assertEquals(Optional.empty(), decisive());
        assertEquals(Optional.empty(), decisive("spring.application.pid=1", "spring.application.version=1"));
    }

    private static Optional<String> decisive(String... settings) {
        Map<String, Object> values = new HashMap<>();
        Stream.of(settings).map(setting -> setting.split("=", 2)).forEach(pair -> values.put(pair[0], pair[1]));
        StandardEnvironment environment = packaged();
        environment.getPropertySources().addFirst(new MapPropertySource("commandLineArgs", values));
        return GeneratedBeanDefinitions.decisiveSetting(environment);
    }

    /** Returns an environment with the settings in the jar, under the name that Spring Boot gives them. */
    private static StandardEnvironment packaged() {
        StandardEnvironment environment = new StandardEnvironment();
        // Those of the machine that runs the test.
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new MapPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of()));
        try {
            for (PropertySource<?> source : new YamlPropertySourceLoader()
                    .load(
                            "Config resource 'class path resource [application.yaml]' via location 'optional:classpath:/'",
                            new ClassPathResource("application.yaml"))) {
                environment.getPropertySources().addLast(source);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return environment;
    }

    /** Returns the properties that the conditions of all auto-configurations on the class path read. */
    private static Set<String> conditionProperties() throws IOException {
        ClassLoader loader = GeneratedBeanDefinitionsTest.class.getClassLoader();
        CachingMetadataReaderFactory classes = new CachingMetadataReaderFactory();
        Set<String> properties = new TreeSet<>();
        for (Class<?> kind : List.of(AutoConfiguration.class, ManagementContextConfiguration.class)) {
            for (String name : ImportCandidates.load(kind, loader)) {
                collect(classes, name, properties);
            }
        }
        return properties;
    }

    private static void collect(CachingMetadataReaderFactory classes, String name, Set<String> properties)
            throws IOException {
        AnnotationMetadata type = classes.getMetadataReader(name).getAnnotationMetadata();
        collect(type.getAnnotations(), properties);
        type.getDeclaredMethods().forEach(method -> collect(method.getAnnotations(), properties));
        for (String member : type.getMemberClassNames()) {
            collect(classes, member, properties);
        }
    }

    private static void collect(MergedAnnotations annotations, Set<String> properties) {
        Stream.concat(
                        annotations.stream(ConditionalOnProperty.class),
                        annotations.stream(ConditionalOnBooleanProperty.class))
                .forEach(condition -> addProperties(condition, properties));
    }

    private static void addProperties(MergedAnnotation<?> condition, Set<String> properties) {
        String prefix = condition.getString("prefix");
        String dotted = prefix.isEmpty() || prefix.endsWith(".") ? prefix : prefix + ".";
        Stream.concat(Stream.of(condition.getStringArray("name")), Stream.of(condition.getStringArray("value")))
                .forEach(name -> properties.add(dotted + name));
    }
}
