package dev.websentry.server.key;

import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.Moments;
import dev.websentry.server.answer.Ok;
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
class KeyController {
    private final Keys keys;
    private final KeyStore store;

    KeyController(Keys keys, KeyStore store) {
        this.keys = keys;
        this.store = store;
    }

    @PostMapping
    @AllowedTo(Who.SESSION)
    Created create(Caller.SessionAccount caller, @RequestBody Wanted request) {
        NewKey key = keys.create(caller.owner(), request.name());
        return new Created(true, key.secret(), key.key().id(), key.key().name());
    }

    /** Works on every plan, so that a downgraded account can find and revoke its keys. */
    @GetMapping
    @AllowedTo(Who.SESSION)
    KeyList list(Caller.SessionAccount caller) {
        return new KeyList(
                true, store.of(caller.owner().id()).stream().map(Listed::of).toList());
    }

    @DeleteMapping("/{id}")
    @AllowedTo(Who.SESSION)
    Ok revoke(Caller.SessionAccount caller, @PathVariable String id) {
        if (!store.revoke(caller.owner().id(), id)) {
            throw ApiException.notFound("No valid API key has this id; it may have been revoked already");
        }
        return Ok.OK;
    }

    /** The request to create an API key. */
    record Wanted(@Nullable String name) {}

    /**
     * The response with a new API key.
     *
     * @param key the complete key, which is not shown again
     */
    record Created(boolean ok, String key, String id, String name) {
        @Override
        public String toString() {
            return "CreateApiKeyResponse[" + id + "]";
        }
    }

    /** The response with the account's API keys. */
    record KeyList(boolean ok, List<Listed> keys) {}

    /** An API key in the list. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Listed(
            String id,
            String name,
            String prefix,
            String createdAt,
            @Nullable String lastUsedAt,
            @Nullable String revokedAt) {
        static Listed of(ApiKey key) {
            return new Listed(
                    key.id(),
                    key.name(),
                    key.prefix(),
                    Moments.seconds(key.createdAt()),
                    key.lastUsedAt().map(Moments::seconds).orElse(null),
                    key.revokedAt().map(Moments::seconds).orElse(null));
        }
    }
}
