package dev.websentry.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Plan;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.auth.SessionService;
import dev.websentry.server.testing.EndpointTest;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Sends a request of every kind of caller to every endpoint through the security filters, without the endpoint. */
class AccessRulesTest extends EndpointTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String TOKEN = "a-csrf-token";

    @Test
    void everyEndpointDeclaresItsAccessRule() {
        assertFalse(endpoints().isEmpty());
        List<String> undeclared = endpoints().values().stream()
                .filter(method -> !method.hasMethodAnnotation(RequiresAccess.class))
                .map(HandlerMethod::toString)
                .toList();
        assertEquals(List.of(), undeclared);
    }

    @Test
    void everyEndpointIsReachedOnlyByTheCallersOfItsRule() {
        Map<String, Consumer<MockHttpServletRequest>> callers = callers();
        Set<String> checked = new TreeSet<>();
        endpoints().forEach((mapping, endpoint) -> {
            AccessLevel level =
                    endpoint.getMethodAnnotation(RequiresAccess.class).value();
            for (MockHttpServletRequest request : requests(mapping)) {
                String name = request.getMethod() + " " + request.getRequestURI();
                // A key belongs to the API; a page sees an anonymous caller.
                boolean api = request.getRequestURI().startsWith("/api/");
                List<String> reached = new ArrayList<>();
                callers.forEach((caller, authentication) -> {
                    MockHttpServletRequest copy = request(request.getMethod(), request.getRequestURI());
                    authentication.accept(copy);
                    if (isReached(copy)) {
                        reached.add(caller);
                    }
                });
                assertEquals(
                        switch (level) {
                            case ANYONE -> List.of("anonymous", "key", "session", "administrator");
                            case ACCOUNT ->
                                api ? List.of("key", "session", "administrator") : List.of("session", "administrator");
                            case SESSION -> List.of("session", "administrator");
                            case ADMIN -> List.of("administrator");
                        },
                        reached,
                        name);
                checked.add(level + " " + api);
            }
        });
        assertEquals(
                Set.of("ANYONE true", "ANYONE false", "ACCOUNT true", "SESSION true", "SESSION false", "ADMIN false"),
                checked);
    }

    private Map<RequestMappingInfo, HandlerMethod> endpoints() {
        return server().context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
    }

    private Map<String, Consumer<MockHttpServletRequest>> callers() {
        TestUser pro = user(Plan.PRO);
        String key = newApiKey(pro);
        Map<String, Consumer<MockHttpServletRequest>> callers = new LinkedHashMap<>();
        callers.put("anonymous", request -> {});
        callers.put("key", request -> request.addHeader("Authorization", key));
        callers.put("session", request -> logIn(request, pro.id()));
        String admin = admin().id();
        callers.put("administrator", request -> logIn(request, admin));
        return callers;
    }

    private void logIn(MockHttpServletRequest request, String id) {
        Account account = server().get(AccountRepository.class).find(id).orElseThrow();
        server().get(SessionService.class).start(request, new MockHttpServletResponse(), account);
    }

    private static List<MockHttpServletRequest> requests(RequestMappingInfo mapping) {
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        return mapping.getPatternValues().stream()
                .flatMap(path -> methods.stream()
                        .map(method -> request(
                                method.name(),
                                path.replaceAll("\\{extension:[^/]*}", ".json").replaceAll("\\{\\w+(:[^/]*)?}", ID))))
                .toList();
    }

    private static MockHttpServletRequest request(String method, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        request.setCookies(new Cookie("csrf", TOKEN));
        byte[] token = TOKEN.getBytes(StandardCharsets.UTF_8);
        // Forms contain the token masked with random bytes; zeros mask it, too.
        byte[] masked = new byte[2 * token.length];
        System.arraycopy(token, 0, masked, token.length, token.length);
        request.setParameter("_csrf", Base64.getUrlEncoder().encodeToString(masked));
        return request;
    }

    private boolean isReached(MockHttpServletRequest request) {
        MockFilterChain endpoint = new MockFilterChain();
        try {
            server().context()
                    .getBean("springSecurityFilterChain", FilterChainProxy.class)
                    .doFilter(request, new MockHttpServletResponse(), endpoint);
        } catch (Exception e) {
            throw new IllegalStateException(request.getMethod() + " " + request.getRequestURI(), e);
        }
        return endpoint.getRequest() != null;
    }
}
