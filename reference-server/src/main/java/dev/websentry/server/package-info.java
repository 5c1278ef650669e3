/**
 * Entry point of the reference server. Each feature has a subpackage with its own repositories; no subpackage depends
 * on this package.
 */
@NullMarked
package dev.websentry.server;

import org.jspecify.annotations.NullMarked;
