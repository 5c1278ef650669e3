package dev.websentry.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.testsite.rules.NamingRules;
import java.net.Socket;
import java.net.URLConnection;
import java.security.Security;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;

/** Enforces the architecture: the direction of the dependencies, and the purity of the later stages. */
class ArchitectureTest {
    private static final String ENGINE = "dev.websentry.engine";
    private static final String[] PURE = {
        ENGINE + ".pki..",
        ENGINE + ".config..",
        ENGINE + ".syntax..",
        ENGINE + ".observation..",
        ENGINE + ".check..",
        ENGINE + ".report..",
        ENGINE + ".recording..",
        ENGINE + ".gate..",
        ENGINE + ".output.."
    };

    private static final JavaClasses engine = EngineClasses.ALL;

    @Test
    void dependenciesFollowTheLayers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("api")
                .definedBy(ENGINE + ".api..")
                .layer("job")
                .definedBy(ENGINE + ".job..", ENGINE + ".remote..")
                .layer("door")
                .definedBy(ENGINE)
                .layer("output")
                .definedBy(ENGINE + ".output..")
                .layer("gate")
                .definedBy(ENGINE + ".gate..")
                .layer("recording")
                .definedBy(ENGINE + ".recording..")
                .layer("report")
                .definedBy(ENGINE + ".report..")
                .layer("check")
                .definedBy(ENGINE + ".check..")
                .layer("probe")
                .definedBy(ENGINE + ".probe..")
                .layer("net")
                .definedBy(ENGINE + ".net..")
                .layer("observation")
                .definedBy(ENGINE + ".observation..")
                .layer("config")
                .definedBy(ENGINE + ".config..")
                .layer("pki")
                .definedBy(ENGINE + ".pki..")
                .layer("syntax")
                .definedBy(ENGINE + ".syntax..")
                .whereLayer("api")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("job")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("door")
                .mayOnlyBeAccessedByLayers("api", "job")
                .whereLayer("output")
                .mayOnlyBeAccessedByLayers("api", "job", "door")
                .whereLayer("recording")
                .mayOnlyBeAccessedByLayers("api", "job", "door")
                .whereLayer("gate")
                .mayOnlyBeAccessedByLayers("api", "job", "door", "output")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("api", "job", "door", "output", "gate", "recording")
                .whereLayer("check")
                .mayOnlyBeAccessedByLayers("api", "job", "door", "output", "gate", "report", "recording")
                .whereLayer("probe")
                .mayOnlyBeAccessedByLayers("door")
                .whereLayer("net")
                .mayOnlyBeAccessedByLayers("door", "probe")
                .whereLayer("observation")
                .mayOnlyBeAccessedByLayers("job", "door", "probe", "net", "check", "recording")
                .whereLayer("config")
                .mayOnlyAccessLayers("syntax")
                .whereLayer("pki")
                .mayOnlyAccessLayers("syntax")
                .whereLayer("syntax")
                .mayNotAccessAnyLayer()
                .check(engine);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching(ENGINE + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(engine);
    }

    @Test
    void onlyTheDialerOpensSocketsToTargets() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ENGINE + ".net.Dialer")
                .and()
                .haveNameNotMatching(".*\\.net\\.Dialer\\$.*")
                .should()
                .callConstructor(Socket.class)
                .orShould()
                .callMethod(Socket.class, "connect", java.net.SocketAddress.class, int.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(URLConnection.class)
                .check(engine);
    }

    @Test
    void observationsAndLaterStagesArePure() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("okhttp3.OkHttpClient")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.util.concurrent..")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .check(engine);
    }

    @Test
    void gradingARecordingCannotOpenConnections() {
        noClasses()
                .that()
                .haveFullyQualifiedName(ENGINE + ".job.GradeJob")
                .or()
                .haveFullyQualifiedName(ENGINE + ".job.GradeRequest")
                .or()
                .haveFullyQualifiedName(ENGINE + ".Grader")
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAnyPackage(ENGINE + ".net..", ENGINE + ".probe..")
                .check(engine);
    }

    @Test
    void noJvmWideSettingsAreChanged() {
        noClasses()
                .should()
                .callMethod(Security.class, "setProperty", String.class, String.class)
                .orShould()
                .callMethod(System.class, "setProperty", String.class, String.class)
                .orShould()
                .callMethod(Security.class, "addProvider", java.security.Provider.class)
                .orShould()
                .callMethod(javax.net.ssl.SSLContext.class, "setDefault", javax.net.ssl.SSLContext.class)
                .check(engine);
    }

    @Test
    void nothingWritesToTheConsole() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(engine);
    }

    @Test
    void informationalChecksAreNamedInfoAndScoredChecksAreNamedCheck() {
        for (Check check : CheckCatalog.standard().checks()) {
            String suffix = check.definition().points() == 0 ? "Info" : "Check";
            String name = check.getClass().getSimpleName();
            assertTrue(name.endsWith(suffix), name + " must end in " + suffix);
        }
    }

    @Test
    void namesFollowTheNamingRules() {
        NamingRules.check(engine);
    }

    @Test
    void genericClassNamesAreForbidden() {
        classes()
                .that()
                // JSSE's own terms.
                .areNotAssignableTo(TrustManager.class)
                .and()
                .areNotAssignableTo(KeyManager.class)
                .should()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .andShould()
                .haveSimpleNameNotStartingWith("Abstract")
                .check(engine);
    }
}
