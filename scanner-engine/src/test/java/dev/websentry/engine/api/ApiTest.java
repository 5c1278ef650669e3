package dev.websentry.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import dev.websentry.engine.EngineClasses;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The API of the engine is its package api and all types that its public signatures lead to. */
class ApiTest {
    private static final String ENGINE = "dev.websentry.engine.";

    private final JavaClasses engine = EngineClasses.ALL;

    @Test
    void publicSignaturesContainOnlyTypesOfTheJdk() {
        Set<String> foreign = new TreeSet<>();
        for (JavaClass type : exported()) {
            for (JavaMember member : publicMembers(type)) {
                for (JavaClass used : types(member)) {
                    String name = used.getBaseComponentType().getName();
                    boolean allowed = name.startsWith("java.") || name.startsWith(ENGINE) || isPrimitive(used);
                    if (!allowed) {
                        foreign.add(member.getFullName() + " uses " + name);
                    }
                }
            }
        }
        assertEquals(Set.of(), foreign);
    }

    /** An addition to this list is a promise: the type can only change compatibly. */
    @Test
    void exportedTypesAreNamed() {
        Set<String> names = new TreeSet<>();
        exported().forEach(type -> names.add(type.getName().substring(ENGINE.length())));
        assertEquals(
                new TreeSet<>(List.of(
                        "ScanProgressListener",
                        "ScanProgressListener$ScanStage",
                        "api.ScanOutcome",
                        "api.WebSentry",
                        "check.CheckCategory",
                        "check.CheckOutcome",
                        "check.CheckStatus",
                        "check.Remediation",
                        "check.Remediation$ConfigSnippet",
                        "config.ScanException",
                        "config.ScanException$ScanFailureReason",
                        "gate.GateResult",
                        "gate.Waiver",
                        "output.ReportFormat",
                        "report.CategoryResult",
                        "report.CheckResult",
                        "report.Grade",
                        "report.Report",
                        "report.ReportVersions",
                        "report.ScoreCap")),
                names);
    }

    private Set<JavaClass> exported() {
        Set<JavaClass> exported = new HashSet<>();
        Deque<JavaClass> open = new ArrayDeque<>();
        engine.stream()
                .filter(type -> type.getPackageName().equals(ENGINE + "api"))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .forEach(open::add);
        while (!open.isEmpty()) {
            JavaClass type = open.remove();
            if (exported.add(type)) {
                publicMembers(type)
                        .forEach(member -> types(member).stream()
                                .map(JavaClass::getBaseComponentType)
                                .filter(used -> used.getName().startsWith(ENGINE))
                                .forEach(open::add));
                type.getAllRawInterfaces().stream()
                        .filter(used -> used.getName().startsWith(ENGINE))
                        .forEach(open::add);
            }
        }
        return exported;
    }

    private static List<JavaMember> publicMembers(JavaClass type) {
        return type.getMembers().stream()
                .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED))
                .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
                .toList();
    }

    /** Returns all types of a signature, including type arguments and exceptions. */
    private static Set<JavaClass> types(JavaMember member) {
        Set<JavaClass> types = new HashSet<>();
        if (member instanceof JavaField field) {
            types.addAll(field.getType().getAllInvolvedRawTypes());
        } else if (member instanceof JavaCodeUnit code) {
            types.addAll(code.getReturnType().getAllInvolvedRawTypes());
            code.getParameterTypes().stream()
                    .map(JavaType::getAllInvolvedRawTypes)
                    .flatMap(Collection::stream)
                    .forEach(types::add);
            types.addAll(code.getExceptionTypes());
        }
        return types;
    }

    private static boolean isPrimitive(JavaClass type) {
        return type.getBaseComponentType().isPrimitive();
    }
}
