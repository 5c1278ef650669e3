package dev.websentry.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.util.ServletRequestPathUtils;

class OncePerRequestHandlerMappingTest {
    private final OncePerRequestHandlerMapping mapping = new OncePerRequestHandlerMapping();

    @BeforeEach
    void registerEndpoints() throws Exception {
        mapping.setApplicationContext(new StaticWebApplicationContext());
        mapping.afterPropertiesSet();
        register("/reports/{id}", "report");
        register("/error", "error");
    }

    @Test
    void selectsTheMethodOfARequestOnce() throws Exception {
        MockHttpServletRequest request = request("GET", "/reports/1");
        assertEquals("report", select(request));
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        assertNotNull(variables);
        request.removeAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        assertEquals("report", select(request));
        assertNull(
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE), "a second lookup sets it again");
    }

    @Test
    void selectsAnewForTheErrorPageOfARequest() throws Exception {
        MockHttpServletRequest request = request("GET", "/reports/1");
        assertEquals("report", select(request));
        request.setDispatcherType(DispatcherType.ERROR);
        request.setRequestURI("/error");
        ServletRequestPathUtils.parseAndCache(request);
        assertEquals("error", select(request));
    }

    @Test
    void keepsNoFailure() throws Exception {
        MockHttpServletRequest request = request("POST", "/reports/1");
        assertThrows(HttpRequestMethodNotSupportedException.class, () -> mapping.getHandler(request));
        request.setMethod("GET");
        assertEquals("report", select(request));
        assertNull(mapping.getHandler(request("GET", "/unknown")));
    }

    private void register(String path, String method) throws NoSuchMethodException {
        mapping.registerMapping(
                RequestMappingInfo.paths(path)
                        .methods(RequestMethod.GET)
                        .options(mapping.getBuilderConfiguration())
                        .build(),
                new Endpoints(),
                Endpoints.class.getDeclaredMethod(method));
    }

    private String select(MockHttpServletRequest request) throws Exception {
        HandlerExecutionChain chain = mapping.getHandler(request);
        return ((HandlerMethod) chain.getHandler()).getMethod().getName();
    }

    private static MockHttpServletRequest request(String method, String uri) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, uri);
        ServletRequestPathUtils.parseAndCache(request);
        return request;
    }

    static class Endpoints {
        void report() {}

        void error() {}
    }
}
