package io.jenkins.plugins.websentry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The recipe "it must not get worse" over two sites that change between the builds of one job. */
@WithJenkins
class RegressionTest {
    private JenkinsRule jenkins;
    private Sites sites;
    private WorkflowJob job;

    @Test
    void eachSiteIsComparedWithItsLastBuildWithoutRegression(JenkinsRule rule) throws Exception {
        jenkins = rule;
        try (Sites started = new Sites()) {
            sites = started;
            job = jenkins.createProject(WorkflowJob.class);
            define("");
            WorkflowRun first = build(Result.SUCCESS, 2, 0);
            jenkins.assertLogContains("no baseline yet", first);
            build(Result.SUCCESS, 2, 0);

            WorkflowRun worse = build(Result.FAILURE, 3, 0);
            jenkins.assertLogContains("https://a.example.com/", worse);
            build(Result.FAILURE, 3, 0); // The build that failed is not its baseline.
            build(Result.FAILURE, 2, 1); // Only the second site is worse.
            WorkflowRun better = build(Result.SUCCESS, 1, 0);
            build(Result.FAILURE, 2, 0); // As good as the first build, but worse than the last one that passed.

            define("unstableBelow: 'A+', ");
            WorkflowRun unstable = build(Result.UNSTABLE, 0, 0);
            define("");
            build(Result.FAILURE, 1, 0); // The unstable build is a baseline.

            unstable.delete();
            build(Result.SUCCESS, 1, 0);
            build(Result.FAILURE, 2, 0);
            better.delete();
            job.getLastSuccessfulBuild().delete();
            WorkflowRun last = build(Result.SUCCESS, 2, 0);
            jenkins.assertLogNotContains("no baseline", last);
        }
    }

    private void define(String limit) throws Exception {
        job.setDefinition(new CpsFlowDefinition("""
            node {
              websentryScan urls: ['https://a.example.com/', 'https://b.example.com/'], failOnRegression: true, %s
                %s
            }
            """.formatted(limit, sites.optionsInGroovy()), true));
    }

    private WorkflowRun build(Result expected, int missingOfFirst, int missingOfSecond) throws Exception {
        sites.changing.set(ChangingSites.FIRST, missingOfFirst);
        sites.changing.set(ChangingSites.SECOND, missingOfSecond);
        WorkflowRun run = job.scheduleBuild2(0).get();
        assertEquals(expected, run.getResult(), JenkinsRule.getLog(run));
        return run;
    }
}
