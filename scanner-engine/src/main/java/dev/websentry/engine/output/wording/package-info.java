/** The words and colors of findings, and the sanitizing of text, that all report formats and pages share. */
@NullMarked
package dev.websentry.engine.output.wording;

import org.jspecify.annotations.NullMarked;
