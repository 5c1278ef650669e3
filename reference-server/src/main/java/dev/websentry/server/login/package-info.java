/** How a person signs up, logs in, stays logged in and leaves. */
@NullMarked
package dev.websentry.server.login;

import org.jspecify.annotations.NullMarked;
