package dev.websentry.server.security;

import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.error.ErrorResponseWriter;
import dev.websentry.server.error.SecurityHeaders;
import dev.websentry.server.key.ApiKeyRepository;
import dev.websentry.server.log.ForeignText;
import dev.websentry.server.log.StorableText;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Configures two filter chains: one for requests with an API key, which ignores sessions and cookies, and one for all
 * other requests. Both authorize requests by the access rule that each endpoint declares.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** Mail programs post to this page without a cookie (RFC 8058). The token authorizes, not the session. */
    private static final String UNSUBSCRIBE = "/unsubscribe";

    private final AccessRefusals refusals = new AccessRefusals();
    private final EndpointAuthorizationManager endpoints;

    SecurityConfiguration(EndpointAuthorizationManager endpoints) {
        this.endpoints = endpoints;
    }

    @Bean
    @Order(1)
    SecurityFilterChain keyChain(HttpSecurity http, ApiKeyRepository keys) {
        common(http)
                .securityMatcher(ApiKeyAuthenticationConverter::hasCredentials)
                .csrf(AbstractHttpConfigurer::disable)
                .securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .addFilterAt(keyAuthentication(keys), BasicAuthenticationFilter.class);
        return http.build();
    }

    /**
     * Rejects invalid keys: treating such a request as anonymous or using a session would hide from the client that its
     * key is no longer valid.
     */
    private AuthenticationFilter keyAuthentication(ApiKeyRepository keys) {
        AuthenticationFilter filter = new AuthenticationFilter(
                new ProviderManager(new ApiKeyAuthenticationProvider(keys)), new ApiKeyAuthenticationConverter());
        filter.setSuccessHandler((request, response, caller) -> {});
        filter.setFailureHandler(refusals);
        return filter;
    }

    @Bean
    @Order(2)
    SecurityFilterChain sessionChain(HttpSecurity http, CallerSecurityContextRepository callers) {
        common(http)
                // The API accepts only JSON, which forms of other sites cannot send. Pages contain forms and need a
                // token.
                .csrf(csrf -> csrf.csrfTokenRepository(new SchemeAwareCsrfTokenRepository())
                        .requireCsrfProtectionMatcher(request -> !SAFE.contains(request.getMethod())
                                && !ErrorResponseWriter.isApi(request)
                                && !UNSUBSCRIBE.equals(request.getRequestURI())))
                .securityContext(context -> context.securityContextRepository(callers))
                .addFilterAfter(new SameOriginFilter(), HeaderWriterFilter.class);
        return http.build();
    }

    /** Rejects unknown methods, unusual paths, and parameters that a database cannot store. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHttpMethods(METHODS);
        firewall.setAllowedParameterValues(StorableText::isStorable);
        return firewall;
    }

    /**
     * Responds to requests that the firewall rejects: with 501 to methods that no resource of this server supports (RFC
     * 9110 section 15.6.2), otherwise like to every other invalid request. A method that only this resource does not
     * support is responded to with 405 and an Allow header later.
     */
    @Bean
    RequestRejectedHandler rejectedRequests() {
        return (request, response, rejection) -> {
            if (METHODS.contains(request.getMethod())) {
                ErrorResponseWriter.rejectMalformed(request, response);
            } else {
                ErrorResponseWriter.write(
                        response,
                        ApiException.of(
                                ErrorCode.NOT_IMPLEMENTED,
                                "This server does not support the method " + ForeignText.escape(request.getMethod())
                                        + "; methods are case-sensitive"));
            }
        };
    }

    /**
     * Disables observations of the filters: requests have metrics already, and observing each filter costs more than
     * the filters.
     */
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    private HttpSecurity common(HttpSecurity http) {
        return http.formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                // The repository of the session chain returns an anonymous caller with its address.
                .anonymous(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeHttpRequests(requests -> requests.anyRequest().access(endpoints))
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(SecurityHeaders.CONTENT_SECURITY_POLICY))
                        .frameOptions(FrameOptionsConfig::deny)
                        // With no-referrer, browsers would send "Origin: null" with the forms of this server.
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(policy -> policy.policy(SecurityHeaders.PERMISSIONS_POLICY))
                        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN)));
    }
}
