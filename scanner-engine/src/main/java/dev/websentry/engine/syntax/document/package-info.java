/** JSON and YAML documents as values that know the line and the field in which they stand. */
@NullMarked
package dev.websentry.engine.syntax.document;

import org.jspecify.annotations.NullMarked;
