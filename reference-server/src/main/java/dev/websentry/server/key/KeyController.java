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

/** One's keys over the API; with a session alone, since a leaked key must not make others. */
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
    Created create(Caller.SessionAccount caller, @RequestBody Wanted wanted) {
        NewKey key = keys.create(caller.owner(), wanted.name());
        return new Created(true, key.secret(), key.key().id(), key.key().name());
    }

    /** Also for an account that has left its plan: it must see what it may revoke. */
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
            throw ApiException.notFound("There is no such key, or it was revoked before");
        }
        return Ok.OK;
    }

    /** What a new key is to be called. */
    record Wanted(@Nullable String name) {}

    /** @param key the whole of it, this once */
    record Created(boolean ok, String key, String id, String name) {
        @Override
        public String toString() {
            return "Created[" + id + "]";
        }
    }

    /** An account's keys. */
    record KeyList(boolean ok, List<Listed> keys) {}

    /** A key in the list. */
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
