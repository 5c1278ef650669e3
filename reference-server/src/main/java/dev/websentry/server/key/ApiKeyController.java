package dev.websentry.server.key;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.ApiTimestamps;
import dev.websentry.server.error.SuccessResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** API endpoints for the caller's API keys. They require a session, so that a leaked key cannot create others. */
@RestController
@RequestMapping("/api/keys")
class ApiKeyController {
    private final ApiKeyService keys;
    private final ApiKeyRepository store;

    ApiKeyController(ApiKeyService keys, ApiKeyRepository store) {
        this.keys = keys;
        this.store = store;
    }

    @PostMapping
    @RequiresAccess(AccessLevel.SESSION)
    CreateApiKeyResponse create(Caller.SessionCaller caller, @RequestBody CreateApiKeyRequest request) {
        CreatedApiKey key = keys.create(caller.owner(), request.name());
        return new CreateApiKeyResponse(
                true, key.secret(), key.key().id(), key.key().name());
    }

    /** Works on every plan, so that a downgraded account can find and revoke its keys. */
    @GetMapping
    @RequiresAccess(AccessLevel.SESSION)
    ApiKeyListResponse list(Caller.SessionCaller caller) {
        return new ApiKeyListResponse(
                true,
                store.findByAccount(caller.owner().id()).stream()
                        .map(ApiKeyView::of)
                        .toList());
    }

    @DeleteMapping("/{id}")
    @RequiresAccess(AccessLevel.SESSION)
    SuccessResponse revoke(Caller.SessionCaller caller, @PathVariable String id) {
        keys.revoke(caller.owner(), id);
        return SuccessResponse.OK;
    }

    /** The request to create an API key. */
    record CreateApiKeyRequest(@Nullable String name) {}

    /**
     * The response with a new API key.
     *
     * @param key the complete key, which is not shown again
     */
    record CreateApiKeyResponse(boolean ok, String key, String id, String name) {
        @Override
        public String toString() {
            return "CreateApiKeyResponse[" + id + "]";
        }
    }

    /** The response with the account's API keys. */
    record ApiKeyListResponse(boolean ok, List<ApiKeyView> keys) {}

    /** An API key in the list. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ApiKeyView(
            String id,
            String name,
            String prefix,
            String createdAt,
            @Nullable String lastUsedAt,
            @Nullable String revokedAt) {
        static ApiKeyView of(ApiKey key) {
            return new ApiKeyView(
                    key.id(),
                    key.name(),
                    key.prefix(),
                    ApiTimestamps.format(key.createdAt()),
                    key.lastUsedAt().map(ApiTimestamps::format).orElse(null),
                    key.revokedAt().map(ApiTimestamps::format).orElse(null));
        }
    }
}
