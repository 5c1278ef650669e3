package io.jenkins.plugins.websentry;

import dev.websentry.jenkins.InvalidSettingException;
import dev.websentry.jenkins.BuildRecord;
import dev.websentry.jenkins.ScanSettings;
import dev.websentry.jenkins.WorkspaceScanner;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/** Carries the settings to the agent, where the scan runs, and its record back. */
final class ScanCallable extends MasterToSlaveFileCallable<BuildRecord> {
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
    public BuildRecord invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        try {
            return new WorkspaceScanner(settings, workspace.toPath(), listener.getLogger()::println).run(baselines);
        } catch (InvalidSettingException e) {
            return new BuildRecord(List.of(), List.of(String.valueOf(e.getMessage())), List.of(), Map.of());
        }
    }
}
