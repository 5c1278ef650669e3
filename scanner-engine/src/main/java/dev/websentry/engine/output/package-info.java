/** The report formats and the console summary. Each output depends only on a report and its quality gate result. */
@NullMarked
package dev.websentry.engine.output;

import org.jspecify.annotations.NullMarked;
