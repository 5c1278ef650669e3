package dev.websentry.server.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Closes the servers that tests share after the last test. */
final class CloseServersExtension implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(
                        CloseServersExtension.class, key -> (AutoCloseable) TestServer::closeAll, AutoCloseable.class);
    }
}
