/** One run of a front end, start to end: option texts become one immutable request, its targets are scanned side by side, every result is judged by the gate and written to its files. Beside the scanner this is the engine's door; a front end only hands in texts and shows what comes out. */
@NullMarked
package dev.websentry.engine.run;

import org.jspecify.annotations.NullMarked;
