/**
 * The public API of the engine. {@link dev.websentry.engine.Scanner} scans a target with the given options, notifies
 * a progress listener, and returns a report.
 */
@NullMarked
package dev.websentry.engine;

import org.jspecify.annotations.NullMarked;
