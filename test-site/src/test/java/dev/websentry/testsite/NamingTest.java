package dev.websentry.testsite;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.websentry.testsite.rules.NamingRules;
import org.junit.jupiter.api.Test;

class NamingTest {
    @Test
    void namesFollowTheNamingRules() {
        NamingRules.check(new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.websentry.testsite"));
    }
}
