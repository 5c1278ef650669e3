/** The OpenAPI document of the API and the documentation page that is generated from it. */
@NullMarked
package dev.websentry.server.openapi;

import org.jspecify.annotations.NullMarked;
