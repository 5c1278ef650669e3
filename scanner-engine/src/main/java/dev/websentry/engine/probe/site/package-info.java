/**
 * The HTTP probes of a scan, one class for each subject: the entry page, redirects, the www counterpart, CORS and
 * information leaks.
 */
@NullMarked
package dev.websentry.engine.probe.site;

import org.jspecify.annotations.NullMarked;
