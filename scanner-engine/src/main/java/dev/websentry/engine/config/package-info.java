/**
 * The configuration of a scan: the target, the scan options and the address policy. It also contains the exception that
 * reports why a site could not be scanned.
 */
@NullMarked
package dev.websentry.engine.config;

import org.jspecify.annotations.NullMarked;
