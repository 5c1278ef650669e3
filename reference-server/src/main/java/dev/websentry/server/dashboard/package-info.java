/** What people see and click: pages made on the server, and forms that do what the API does, by the same services. */
@NullMarked
package dev.websentry.server.dashboard;

import org.jspecify.annotations.NullMarked;
