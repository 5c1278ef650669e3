/** From verdicts to a report: category scores, caps, the grade, and the report's JSON. */
@NullMarked
package dev.websentry.engine.report;

import org.jspecify.annotations.NullMarked;
