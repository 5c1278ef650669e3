package dev.websentry.testsite.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The naming rules that every module of the project keeps. */
public final class NamingRules {
    /** Nested builders are always used together with the name of the type that they build. */
    private static final Set<String> SHARED_NAMES = Set.of("Builder");

    private static final Pattern OTHER_LIMIT_NAME =
            Pattern.compile("(MOST|LONGEST|SHORTEST|LARGEST|SMALLEST|DEEPEST|FEWEST)(_.*)?");

    private NamingRules() {}

    /**
     * Checks all rules.
     *
     * @param module the main classes of one module
     * @throws AssertionError if a class or constant breaks a rule; the message lists all of them
     */
    public static void check(JavaClasses module) {
        CompositeArchRule.of(exceptionsEndInException())
                .and(simpleNamesAreUnique())
                .and(limitsAreNamedMaxOrMin())
                .check(module);
    }

    /** Requires that the name of each throwable ends in {@code Exception}. */
    static ArchRule exceptionsEndInException() {
        return ArchRuleDefinition.classes()
                .that()
                .areAssignableTo(Throwable.class)
                .should()
                .haveSimpleNameEndingWith("Exception")
                .allowEmptyShould(true);
    }

    /** Requires that a module uses a simple name for one type only, nested types included. */
    static ArchRule simpleNamesAreUnique() {
        return ArchRuleDefinition.classes().should(new UniqueSimpleNames()).allowEmptyShould(true);
    }

    /** Requires {@code MAX_} or {@code MIN_} in the names of constants that are limits. */
    static ArchRule limitsAreNamedMaxOrMin() {
        return ArchRuleDefinition.fields()
                .that()
                .areStatic()
                .and()
                .areFinal()
                .should(new ArchCondition<>("be named MAX_ or MIN_ if they are limits") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        if (OTHER_LIMIT_NAME.matcher(field.getName()).matches()) {
                            events.add(SimpleConditionEvent.violated(
                                    field, field.getFullName() + " is a limit: name it MAX_... or MIN_..."));
                        }
                    }
                })
                .allowEmptyShould(true);
    }

    private static final class UniqueSimpleNames extends ArchCondition<JavaClass> {
        private final Map<String, Set<String>> byName = new TreeMap<>();

        UniqueSimpleNames() {
            super("have a simple name of their own");
        }

        @Override
        public void init(Collection<JavaClass> all) {
            byName.clear();
            for (JavaClass type : all) {
                if (isNamed(type)) {
                    byName.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                            .add(type.getName());
                }
            }
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            Set<String> namesakes = byName.getOrDefault(type.getSimpleName(), Set.of());
            if (isNamed(type) && namesakes.size() > 1) {
                events.add(SimpleConditionEvent.violated(
                        type, "the simple name " + type.getSimpleName() + " is used for " + namesakes));
            }
        }

        private static boolean isNamed(JavaClass type) {
            return !type.isAnonymousClass()
                    && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
                    && !type.getSimpleName().isEmpty()
                    && !type.getSimpleName().equals("package-info")
                    && !SHARED_NAMES.contains(type.getSimpleName());
        }
    }
}
