/** The reference server's start and what belongs to no feature. A package per feature stands below it, each with its own store; none of them imports this one. */
@NullMarked
package dev.websentry.server;

import org.jspecify.annotations.NullMarked;
