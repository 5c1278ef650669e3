package dev.websentry.server.security;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.key.ApiKeyRepository;
import dev.websentry.server.key.ApiKeyService;
import dev.websentry.server.security.ApiKeyAuthenticationConverter.PresentedApiKey;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;

/** Verifies API keys. The account of a key must be enabled, and its plan must include API keys. */
final class ApiKeyAuthenticationProvider implements AuthenticationProvider {
    private final ApiKeyRepository keys;

    ApiKeyAuthenticationProvider(ApiKeyRepository keys) {
        this.keys = keys;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return PresentedApiKey.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        PresentedApiKey presented = (PresentedApiKey) authentication;
        ApiKeyRepository.AuthenticatedApiKey key = keys.authenticate(presented.getCredentials())
                .orElseThrow(() -> new BadCredentialsException("The API key is invalid or was revoked"));
        Account owner = key.owner();
        if (owner.disabled()) {
            throw new DisabledException("This account is disabled. Contact the administrator of the server.");
        }
        try {
            ApiKeyService.requirePlan(owner.plan());
        } catch (ApiException refused) {
            throw new InsufficientAuthenticationException(refused.text(), refused);
        }
        return new Caller.ApiKeyCaller(owner, key.keyId(), presented.address());
    }
}
