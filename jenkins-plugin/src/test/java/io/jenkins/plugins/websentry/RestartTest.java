package io.jenkins.plugins.websentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.Result;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that goes away in the middle of a scan. */
class RestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void restartInTheMiddleLeavesAReadableBuild() throws Throwable {
        // Held, since a connection that nobody holds is closed some day, and the scan would have its answer.
        List<Socket> connections = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            sessions.then(jenkins -> {
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "restarted");
                job.setDefinition(new CpsFlowDefinition(
                        "node { websentryScan url: 'https://127.0.0.1:" + silent.getLocalPort()
                                + "/', options: [timeoutSeconds: 600, connectTimeoutSeconds: 600,"
                                + " dnsServers: ['127.0.0.1:1']] }",
                        true));
                job.scheduleBuild2(0).waitForStart();
                connections.add(silent.accept());
            });
            sessions.then(jenkins -> {
                WorkflowRun run = jenkins.jenkins
                        .getItemByFullName("restarted", WorkflowJob.class)
                        .getLastBuild();
                jenkins.waitForCompletion(run);

                assertEquals(Result.FAILURE, run.getResult(), () -> String.valueOf(run));
                assertNull(run.getAction(WebSentryAction.class));
                jenkins.createWebClient().getPage(run);
            });
        }
    }
}
