package io.jenkins.plugins.websentry;

import dev.websentry.jenkins.AgentResultCodec;
import dev.websentry.jenkins.InvalidSettingException;
import dev.websentry.jenkins.ScanSettings;
import dev.websentry.jenkins.WorkspaceScanner;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/**
 * Runs the scans on the agent. Returns the message of {@link AgentResultCodec} as bytes. The declared type is wider,
 * so that the controller can examine what an agent really returns.
 */
final class ScanCallable extends MasterToSlaveFileCallable<Serializable> {
    private static final long serialVersionUID = 1L;

    private final ScanSettings settings;
    private final Map<String, String> baselines;
    private final TaskListener listener;

    ScanCallable(ScanSettings settings, Map<String, String> baselines, TaskListener listener) {
        this.settings = settings;
        this.baselines = baselines;
        this.listener = listener;
    }

    @Override
    public Serializable invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        try {
            return AgentResultCodec.encode(
                    new WorkspaceScanner(settings, workspace.toPath(), listener.getLogger()::println).run(baselines));
        } catch (InvalidSettingException e) {
            return AgentResultCodec.encode(e);
        } finally {
            // The console of an agent is buffered; what is written after the return arrives late or never.
            listener.getLogger().flush();
        }
    }
}
