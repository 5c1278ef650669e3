package dev.websentry.server.security;

import dev.websentry.server.error.ErrorResponseWriter;
import dev.websentry.server.error.SecurityHeaders;
import dev.websentry.server.key.ApiKeyRepository;
import dev.websentry.server.log.StorableText;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Configures two filter chains: one for requests with an API key, which ignores sessions and cookies, and one for all
 * other requests. Neither authorizes requests: each endpoint declares its access rule, which {@link AuthorizationInterceptor}
 * enforces.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Bean
    @Order(1)
    SecurityFilterChain keyChain(HttpSecurity http, ApiKeyRepository keys) {
        common(http)
                .securityMatcher(ApiKeyAuthenticationFilter::hasCredentials)
                .csrf(AbstractHttpConfigurer::disable)
                .addFilterAfter(new ApiKeyAuthenticationFilter(keys), HeaderWriterFilter.class);
        return http.build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain sessionChain(HttpSecurity http) {
        common(http)
                // The API accepts only JSON, which forms of other sites cannot send. Pages contain forms and need a
                // token.
                .csrf(csrf -> csrf.csrfTokenRepository(new SchemeAwareCsrfTokenRepository())
                        .requireCsrfProtectionMatcher(
                                request -> !SAFE.contains(request.getMethod()) && !ErrorResponseWriter.isApi(request)))
                .addFilterAfter(new SameOriginFilter(), HeaderWriterFilter.class);
        return http.build();
    }

    /**
     * Accepts every method, because {@link HttpMethodFilter} responds to unknown ones, and rejects parameters that a
     * database cannot store.
     */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedParameterValues(StorableText::isStorable);
        return firewall;
    }

    /** Responds to requests that the firewall rejects like to every other invalid request. */
    @Bean
    RequestRejectedHandler rejectedRequests() {
        return (request, response, rejection) -> ErrorResponseWriter.rejectMalformed(request, response);
    }

    /**
     * Disables observations of the filters: requests have metrics already, and observing each filter costs more than
     * the filters.
     */
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    private static HttpSecurity common(HttpSecurity http) {
        http.addFilterAfter(new HttpMethodFilter(), HeaderWriterFilter.class);
        return http.formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                // Spring Security's identities are not used: Callers determines the caller.
                .securityContext(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .exceptionHandling(AbstractHttpConfigurer::disable)
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
