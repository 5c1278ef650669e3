/** Whether a build may go on: conditions in, reasons out. One gate for every front end. */
@NullMarked
package dev.websentry.engine.gate;

import org.jspecify.annotations.NullMarked;
