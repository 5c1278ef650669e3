package io.jenkins.plugins.websentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Jenkinsfiles that people copy. */
class SamplesTest {
    private static final Path FOLDER = Path.of("samples");

    /** Those that need no plugin but ours and no server: their sites are led to loopback, the rest stays as it is. */
    @Test
    @WithJenkins
    void samplesRun(JenkinsRule jenkins) throws Exception {
        try (Sites sites = new Sites()) {
            for (String sample : List.of("gate", "unstable", "regression", "several", "parallel")) {
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, sample);
                job.setDefinition(new CpsFlowDefinition(onLoopback(sample, sites), true));
                assertEquals(
                        Result.SUCCESS,
                        jenkins.buildAndAssertStatus(Result.SUCCESS, job).getResult(),
                        sample);
            }
        }
    }

    @Test
    void documentationHasEverySample() throws IOException {
        String page = Files.readString(Path.of("../docs/jenkins.md"));
        try (Stream<Path> samples = Files.list(FOLDER)) {
            for (Path sample : samples.toList()) {
                assertTrue(page.contains(Files.readString(sample)), sample + " is not in docs/jenkins.md as it stands");
            }
        }
    }

    private static String onLoopback(String sample, Sites sites) throws IOException {
        String options = sites.optionsInGroovy();
        String script = Files.readString(FOLDER.resolve(sample + ".Jenkinsfile"))
                .replace("https://staging.example.com", "https://www.example.com")
                .replace("https://api.staging.example.com", "https://www.example.com/api");
        String inner = options.substring(options.indexOf('[') + 1, options.length() - 1);
        return script.contains("options: [")
                ? script.replace("options: [", "options: [" + inner + ", ")
                : script.replaceAll("(websentryScan url: '[^']*')", "$1, " + options);
    }
}
