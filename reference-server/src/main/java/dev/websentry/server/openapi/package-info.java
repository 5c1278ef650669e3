/** The API's own description: an OpenAPI document, and a page of it for people. */
@NullMarked
package dev.websentry.server.openapi;

import org.jspecify.annotations.NullMarked;
