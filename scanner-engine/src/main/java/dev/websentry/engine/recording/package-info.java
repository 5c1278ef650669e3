/**
 * Reads and writes recordings: the observations of a scan as a JSON file, so that a scan can be graded again without
 * network access. Secrets are redacted on writing, and reading is strict.
 *
 * <p>The JSON structure follows the record types. A test fails if a component that is added to an observation is
 * missing from the file.
 */
@NullMarked
package dev.websentry.engine.recording;

import org.jspecify.annotations.NullMarked;
