package dev.websentry.engine.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests that everything in a recording survives writing and reading. */
class RecordingRoundTripTest {
    private static final int ROUNDS = 40;

    @Test
    void allObservationTypesSurviveWritingAndReading() throws Exception {
        Set<Class<?>> seen = new HashSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            RandomValues filled = new RandomValues(i);
            Recording recording = (Recording) filled.create(Recording.class);
            Recording read = RecordingRoundTrip.fromJson(RecordingRoundTrip.toJson(recording));
            assertEquals(RandomValues.describe(recording), RandomValues.describe(read));
            seen.addAll(filled.recordTypes());
        }
        assertEquals(Set.of(), unrecordedTypes(seen), "record types that do not occur in a recording");
    }

    /** Returns the observation types that were not recorded. A page is only a view of the entry and is not recorded. */
    private static Set<Class<?>> unrecordedTypes(Set<Class<?>> recorded) {
        Set<Class<?>> records = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(ScanObservations.class.getPackageName())
                        .stream()
                        .map(JavaClass::reflect)
                        .filter(Class::isRecord)
                        .filter(type -> type != SiteObservations.ResponsePage.class)
                        .collect(Collectors.toSet());
        assertTrue(records.size() > 15, records::toString);
        records.removeAll(recorded);
        return records;
    }

    @Test
    void equalObservationsProduceEqualFiles() throws Exception {
        String text = RecordingRoundTrip.toJson((Recording) new RandomValues(7).create(Recording.class));
        assertEquals(text, RecordingRoundTrip.toJson(RecordingRoundTrip.fromJson(text)));
        assertTrue(text.chars().allMatch(c -> c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7f)), "ASCII only");
    }

    @Test
    void tooLargeRecordingIsNotWritten() {
        // Each NUL character takes six bytes in the file.
        ScanObservations endless =
                ObservedSite.page().body("\0".repeat(12 << 20)).unrecordedObservations();
        IOException refusal = assertThrows(
                IOException.class,
                () -> RecordingWriter.write(
                        Recording.of(endless, Duration.ZERO), List.of(), OutputStream.nullOutputStream()));
        assertTrue(refusal.getMessage().contains("larger than 67108864 bytes"), refusal.getMessage());
    }

    /**
     * Fails when the file format has changed. If no release has written files of this version yet, update the expected
     * format; otherwise increase the version and make the reader support the older one as well.
     */
    @Test
    void fileFormatMatchesTheDocumentedShape() throws IOException {
        Map<String, String> shapes = new TreeMap<>();
        describe(Recording.class, shapes);
        String shape = shapes.entrySet().stream()
                .map(entry -> entry.getKey() + "\n" + entry.getValue())
                .collect(Collectors.joining("\n"));
        try (InputStream in =
                RecordingRoundTripTest.class.getResourceAsStream("shape-" + Recording.FORMAT_VERSION + ".txt")) {
            assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), shape);
        }
    }

    private static void describe(Type type, Map<String, String> shapes) {
        if (type instanceof ParameterizedType generic) {
            describe(generic.getRawType(), shapes);
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> describe(argument, shapes));
        } else if (type instanceof Class<?> plain && !shapes.containsKey(name(plain))) {
            if (plain.isEnum()) {
                shapes.put(
                        name(plain),
                        Arrays.stream(plain.getEnumConstants())
                                .map(constant -> "    " + ((Enum<?>) constant).name() + "\n")
                                .collect(Collectors.joining()));
            } else if (plain.isSealed()) {
                shapes.put(
                        name(plain),
                        Arrays.stream(plain.getPermittedSubclasses())
                                .map(variant -> "    one of " + name(variant) + "\n")
                                .collect(Collectors.joining()));
                Arrays.stream(plain.getPermittedSubclasses()).forEach(variant -> describe(variant, shapes));
            } else if (plain.isRecord() && plain != Target.class) {
                RecordComponent[] components = plain.getRecordComponents();
                shapes.put(
                        name(plain),
                        Arrays.stream(components)
                                .map(component -> "    " + component.getName() + ": "
                                        + component
                                                .getGenericType()
                                                .getTypeName()
                                                .replaceAll("[a-z0-9]+\\.", "")
                                                // Written to the file as an ordinary string.
                                                .replace("ResponseBody", "String")
                                        + "\n")
                                .collect(Collectors.joining()));
                Arrays.stream(components).forEach(component -> describe(component.getGenericType(), shapes));
            }
        }
    }

    private static String name(Class<?> type) {
        return type.getTypeName().replaceAll("[a-z0-9]+\\.", "");
    }
}
