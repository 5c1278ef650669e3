package dev.websentry.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.websentry.engine.output.html.HtmlReport;
import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.engine.report.Report;
import dev.websentry.testsite.rules.NamingRules;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.RestController;

/** Rules for the dependencies between the packages of the server and for the use of the clock. */
class ArchitectureTest {
    /** Imported once, because an import takes seconds. */
    private static final JavaClasses server = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // Bean definitions that an earlier build has generated.
            .withImportOption(location -> !location.contains("__") && !location.contains("$$"))
            .importPackages("dev.websentry.server");

    @Test
    void packagesAreFreeOfCycles() {
        SlicesRuleDefinition.slices()
                .matching("dev.websentry.server.(*)..")
                .should()
                .beFreeOfCycles()
                .check(server);
    }

    @Test
    void subpackagesDoNotDependOnTheRootPackage() {
        noClasses()
                .that()
                .resideInAPackage("dev.websentry.server.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.websentry.server")
                .check(server);
    }

    /** Words and colors of reports are those of the engine. */
    @Test
    void reportPagesAreRenderedByTheEngine() {
        classes()
                .that()
                .haveSimpleName("ReportPageController")
                .should()
                .callMethod(HtmlReport.class, "body", Report.class, Optional.class)
                .check(server);
        classes()
                .that()
                .haveSimpleName("ScanListItem")
                .or()
                .haveSimpleName("SiteListItem")
                .should()
                .callMethod(ReportColor.class, "ofGradeLabel", String.class)
                .check(server);
    }

    @Test
    void currentTimeIsReadFromTheClockBean() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .check(server);
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("WebSentryServer")
                .and()
                .haveSimpleNameNotEndingWith("CommandDatabase")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .check(server);
    }

    @Test
    void stereotypesAreVisibleInTheName() {
        classes()
                .that()
                .areAnnotatedWith(Repository.class)
                .should()
                .haveSimpleNameEndingWith("Repository")
                .check(server);
        classes()
                .that()
                .areAnnotatedWith(Service.class)
                .should()
                .haveSimpleNameEndingWith("Service")
                .check(server);
        classes()
                .that()
                .areAnnotatedWith(Controller.class)
                .or()
                .areAnnotatedWith(RestController.class)
                .should()
                .haveSimpleNameEndingWith("Controller")
                .check(server);
        classes()
                .that()
                .areAnnotatedWith(Configuration.class)
                .should()
                .haveSimpleNameEndingWith("Configuration")
                .check(server);
        classes()
                .that()
                .areAnnotatedWith(ConfigurationProperties.class)
                .should()
                .haveSimpleNameEndingWith("Properties")
                .check(server);
        classes()
                .that()
                .areAssignableTo(Filter.class)
                .should()
                .haveSimpleNameEndingWith("Filter")
                .check(server);
    }

    @Test
    void namesFollowTheNamingRules() {
        NamingRules.check(server);
    }
}
