package dev.websentry.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.SiteObservations;
import dev.websentry.engine.target.Target;
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

/** Whatever observations can hold comes back from the file. */
class RoundTripTest {
    private static final int TIMES = 40;

    @Test
    void everyComponentOfEveryObservationComesBack() throws Exception {
        Set<Class<?>> seen = new HashSet<>();
        for (int i = 0; i < TIMES; i++) {
            Filled filled = new Filled(i);
            Recording recording = (Recording) filled.value(Recording.class);
            Recording read = Rerecorded.read(Rerecorded.text(recording));
            assertEquals(Filled.told(recording), Filled.told(read));
            seen.addAll(filled.records());
        }
        assertEquals(Set.of(), observedRecordsWithout(seen), "records that no recording holds");
    }

    /** A page is a view of the entry, not an observation of its own. */
    private static Set<Class<?>> observedRecordsWithout(Set<Class<?>> recorded) {
        Set<Class<?>> records = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(Observations.class.getPackageName())
                        .stream()
                        .map(JavaClass::reflect)
                        .filter(Class::isRecord)
                        .filter(type -> type != SiteObservations.Page.class)
                        .collect(Collectors.toSet());
        assertTrue(records.size() > 15, records::toString);
        records.removeAll(recorded);
        return records;
    }

    @Test
    void equalObservationsMakeEqualFiles() throws Exception {
        String text = Rerecorded.text((Recording) new Filled(7).value(Recording.class));
        assertEquals(text, Rerecorded.text(Rerecorded.read(text)));
        assertTrue(text.chars().allMatch(c -> c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7f)), "ASCII alone");
    }

    @Test
    void whatNoReaderWouldTakeIsNotWritten() {
        // Each NUL takes six bytes.
        Observations endless = SeenSite.page().body("\0".repeat(12 << 20)).bare();
        IOException refusal = assertThrows(
                IOException.class,
                () -> RecordingWriter.write(
                        Recording.of(endless, Duration.ZERO), List.of(), OutputStream.nullOutputStream()));
        assertTrue(refusal.getMessage().contains("larger than 67108864 bytes"), refusal.getMessage());
    }

    /**
     * When this fails, the files have another shape. As long as no release has written files of this version, write the new
     * shape down; afterwards, raise the version and teach the reader to read the older one.
     */
    @Test
    void theShapeOfTheFilesIsTheOneWrittenDown() throws IOException {
        Map<String, String> shapes = new TreeMap<>();
        describe(Recording.class, shapes);
        String shape = shapes.entrySet().stream()
                .map(entry -> entry.getKey() + "\n" + entry.getValue())
                .collect(Collectors.joining("\n"));
        try (InputStream in = RoundTripTest.class.getResourceAsStream("shape-" + Recording.VERSION + ".txt")) {
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
                                                // In the file it is a text like any other.
                                                .replace("BodyText", "String")
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
