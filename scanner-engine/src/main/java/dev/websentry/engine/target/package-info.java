/** What to scan and how: the target as a person types it, the options of one scan, the address policy, and the typed reasons for which a scan cannot run. */
@NullMarked
package dev.websentry.engine.target;

import org.jspecify.annotations.NullMarked;
