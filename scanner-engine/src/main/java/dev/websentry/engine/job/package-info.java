/**
 * Scan and grading jobs. A job parses the options of a front end into an immutable request, scans the targets
 * concurrently, evaluates each report with the quality gate and writes the report files. Front ends only pass options
 * and show results.
 */
@NullMarked
package dev.websentry.engine.job;

import org.jspecify.annotations.NullMarked;
