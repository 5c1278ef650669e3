/**
 * The HTML rendering of a report. The report file, the dashboard and the Jenkins plugin use the same rendering; each
 * adds its own page around it.
 */
@NullMarked
package dev.websentry.engine.output.html;

import org.jspecify.annotations.NullMarked;
