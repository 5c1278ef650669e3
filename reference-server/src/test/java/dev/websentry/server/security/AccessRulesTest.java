package dev.websentry.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class AccessRulesTest {
    @Test
    void everyEndpointDeclaresItsAccessRule() {
        var endpoints = TestServer.shared(DatabaseVendor.SQLITE)
                .context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
        assertFalse(endpoints.isEmpty());
        List<String> undeclared = endpoints.values().stream()
                .filter(method -> !method.hasMethodAnnotation(RequiresAccess.class))
                .map(HandlerMethod::toString)
                .toList();
        assertEquals(List.of(), undeclared);
    }
}
