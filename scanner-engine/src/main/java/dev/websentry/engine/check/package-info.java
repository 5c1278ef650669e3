/**
 * The checks. Each check is one class that contains its rule and its metadata: id, points, remediation and
 * references. Checks are pure functions from observations to a verdict.
 */
@NullMarked
package dev.websentry.engine.check;

import org.jspecify.annotations.NullMarked;
