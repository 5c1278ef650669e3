/**
 * The observations of a scan, as immutable values. All later stages are pure functions of an
 * {@link dev.websentry.engine.observation.ScanObservations}. It also contains the time of the scan, so that a recorded scan
 * can be graded again with the same result.
 */
@NullMarked
package dev.websentry.engine.observation;

import org.jspecify.annotations.NullMarked;
