package io.jenkins.plugins.websentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.jenkins.AgentResultCodec;
import dev.websentry.jenkins.InvalidAgentResultException;
import hudson.FilePath;
import hudson.model.Result;
import hudson.remoting.VirtualChannel;
import hudson.slaves.DumbSlave;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import javax.tools.ToolProvider;
import jenkins.MasterToSlaveFileCallable;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An agent that returns something else than the result of a scan; the rest is in the tests of the codec. */
@WithJenkins
class HostileAgentTest {
    /** Runs on the agent in place of the scan. */
    private static final class HostileCallable extends MasterToSlaveFileCallable<Serializable> {
        private static final long serialVersionUID = 1L;

        private final Serializable answer;

        HostileCallable(Serializable answer) {
            this.answer = answer;
        }

        @Override
        public Serializable invoke(File workspace, VirtualChannel channel) {
            return answer;
        }
    }

    @Test
    void onlyBytesOfAMessageAreAccepted(JenkinsRule jenkins) throws Exception {
        FilePath workspace = jenkins.createOnlineSlave().getRootPath();
        HashMap<String, String> files = new HashMap<>();
        files.put("../../../userContent/x.html", "<script>");
        List<Serializable> answers = List.of(
                "text",
                files,
                new ArrayList<>(Collections.nCopies(1_000, "../init.groovy.d/x.groovy")),
                new byte[1_000]);

        for (Serializable answer : answers) {
            Object received = workspace.act(new HostileCallable(answer));
            InvalidAgentResultException e =
                    Assertions.assertThrows(InvalidAgentResultException.class, () -> AgentResultCodec.decode(received));
            assertEquals(1, e.getMessage().lines().count());
        }
        assertFalse(new File(jenkins.jenkins.getRootDir(), "userContent/x.html").exists());
    }

    /** The agent has a class of its own in place of the plugin's, which answers what the workspace asks for. */
    @Test
    void buildOnAHostileAgentFailsInOneLineAndWritesNothingElse(JenkinsRule jenkins, @TempDir Path classes)
            throws Exception {
        compile(classes, "io/jenkins/plugins/websentry/ScanCallable.java", """
            package io.jenkins.plugins.websentry;

            final class ScanCallable extends jenkins.MasterToSlaveFileCallable<java.io.Serializable> {
                private static final long serialVersionUID = 1L;

                public java.io.Serializable invoke(java.io.File workspace, hudson.remoting.VirtualChannel channel)
                        throws java.io.IOException {
                    String name = "../../../userContent/x.html";
                    switch (java.nio.file.Files.readString(workspace.toPath().resolve("mode"))) {
                        case "names": return new java.util.HashMap<>(java.util.Map.of(name, "<script>"));
                        case "files": return new java.util.ArrayList<>(java.util.Collections.nCopies(1000, name));
                        case "text": return "x".repeat(30_000_000);
                        case "bytes": return new byte[30_000_000];
                        case "class": return new Foreign();
                        default: return null;
                    }
                }

                static final class Foreign implements java.io.Serializable {
                    private static final long serialVersionUID = 1L;
                }
            }
            """);
        Path arguments = classes.resolve("arguments");
        Files.writeString(
                arguments,
                "-cp \"" + (classes + File.pathSeparator + System.getProperty("java.class.path")).replace("\\", "\\\\")
                        + "\" hudson.remoting.Launcher");
        DumbSlave agent = new DumbSlave(
                "hostile",
                classes.resolve("agent").toString(),
                new SimpleCommandLauncher(
                        "\"" + Path.of(System.getProperty("java.home"), "bin", "java") + "\" \"@" + arguments + "\""));
        jenkins.jenkins.addNode(agent);
        jenkins.waitOnline(agent);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);

        for (String mode : List.of("names", "files", "text", "bytes", "class", "nothing")) {
            job.setDefinition(new CpsFlowDefinition(
                    "node('hostile') { writeFile file: 'mode', text: '" + mode
                            + "'; websentryScan url: 'https://example.com' }",
                    true));
            WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            String log = JenkinsRule.getLog(run);
            assertFalse(log.contains("\tat "), mode + ": " + log);
            assertEquals(
                    1, log.lines().filter(line -> line.startsWith("ERROR: ")).count(), mode + ": " + log);
            assertTrue(run.getActions(WebSentryAction.class).isEmpty(), mode);
        }
        assertFalse(new File(jenkins.jenkins.getRootDir(), "userContent/x.html").exists());
    }

    private static void compile(Path folder, String name, String text) throws IOException {
        Path source = folder.resolve(name);
        Files.createDirectories(source.getParent());
        Files.writeString(source, text);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
        assertEquals(0, status);
    }
}
