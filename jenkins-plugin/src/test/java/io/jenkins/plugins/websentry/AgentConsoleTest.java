package io.jenkins.plugins.websentry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Label;
import hudson.model.Result;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The console of a scan on an agent. */
@WithJenkins
class AgentConsoleTest {
    private static final int BUILDS = 20;

    /** An agent sends its console output in the background, so a missing flush shows in most builds only. */
    @Test
    void linesOfTheScanPrecedeTheEndOfEveryStep(JenkinsRule jenkins) throws Exception {
        jenkins.createOnlineSlave(Label.get("far"));
        try (Sites sites = new Sites()) {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(
                    "node('far') { websentryScan url: 'https://shop.example.org/', failBelow: 'A', "
                            + sites.optionsInGroovy() + " }",
                    true));
            List<String> wrong = new ArrayList<>();

            for (int i = 0; i < BUILDS; i++) {
                WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
                List<String> lines = run.getLog(Integer.MAX_VALUE);
                int progress = indexOf(lines, "https://shop.example.org/: grade F");
                int written = indexOf(lines, "Written: ");
                int end = indexOf(lines, "[Pipeline] // node");
                if (progress < 0 || written < progress || end < written) {
                    wrong.add(String.join("\n", lines));
                }
            }

            assertEquals(List.of(), wrong, wrong.size() + " of " + BUILDS);
        }
    }

    private static int indexOf(List<String> lines, String part) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(part)) {
                return i;
            }
        }
        return -1;
    }
}
