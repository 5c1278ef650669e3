package io.jenkins.plugins.websentry;

import dev.websentry.jenkins.WorkspaceScanner;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Ensures that steps that run at the same time in one workspace do not write into the same folder. */
final class OutputFolders {
    private static final Set<String> IN_USE = ConcurrentHashMap.newKeySet();

    private OutputFolders() {}

    /**
     * A folder that is reserved until it is closed.
     *
     * @param path the folder, relative to the workspace
     */
    record ReservedFolder(String path, String key) implements AutoCloseable {
        @Override
        public void close() {
            IN_USE.remove(key);
        }
    }

    /**
     * Reserves a folder.
     *
     * @param requested the setting of the step; null for the default folder, or one with a number if that is in use
     * @throws AbortException if the requested folder is in use
     */
    static ReservedFolder reserve(FilePath workspace, @Nullable String requested) throws AbortException {
        if (requested != null) {
            ReservedFolder folder = tryReserve(workspace, requested);
            if (folder == null) {
                throw new AbortException(Messages.outputDirectoryInUse(requested));
            }
            return folder;
        }
        ReservedFolder folder = tryReserve(workspace, WorkspaceScanner.DEFAULT_FOLDER);
        for (int number = 2; folder == null; number++) {
            folder = tryReserve(workspace, WorkspaceScanner.DEFAULT_FOLDER + "-" + number);
        }
        return folder;
    }

    private static @Nullable ReservedFolder tryReserve(FilePath workspace, String path) {
        Computer computer = workspace.toComputer();
        String node = computer == null ? "" : computer.getName();
        String key = node + "\n" + workspace.child(path).getRemote().replaceFirst("[/\\\\.]+$", "");
        return IN_USE.add(key) ? new ReservedFolder(path, key) : null;
    }
}
