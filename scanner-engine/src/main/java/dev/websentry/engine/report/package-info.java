/** The report of a scan: category scores, caps, the grade, and the JSON format. */
@NullMarked
package dev.websentry.engine.report;

import org.jspecify.annotations.NullMarked;
