package io.jenkins.plugins.websentry;

import dev.websentry.jenkins.BuildRecord;

/**
 * A scan that ran to its end, whatever it says.
 *
 * @param reportUrl where the build shows it
 */
record FinishedScan(BuildRecord record, String reportUrl) {}
