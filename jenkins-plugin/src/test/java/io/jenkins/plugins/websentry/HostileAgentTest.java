package io.jenkins.plugins.websentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.websentry.jenkins.AgentResultCodec;
import dev.websentry.jenkins.InvalidAgentResultException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
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
            InvalidAgentResultException e = Assertions.assertThrows(
                    InvalidAgentResultException.class, () -> AgentResultCodec.decode(received));
            assertEquals(1, e.getMessage().lines().count());
        }
        assertFalse(new File(jenkins.jenkins.getRootDir(), "userContent/x.html").exists());
    }
}
