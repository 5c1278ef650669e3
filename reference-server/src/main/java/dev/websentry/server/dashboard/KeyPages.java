package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.key.ApiKey;
import dev.websentry.server.key.KeyStore;
import dev.websentry.server.key.Keys;
import dev.websentry.server.key.NewKey;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves the page that creates, lists and revokes API keys. */
@Controller
@RequestMapping("/keys")
class KeyPages {
    private final Keys keys;
    private final KeyStore store;

    KeyPages(Keys keys, KeyStore store) {
        this.keys = keys;
        this.store = store;
    }

    @GetMapping
    @AllowedTo(Who.SESSION)
    ModelAndView list(Caller.SessionAccount caller) {
        return fillModel(new ModelAndView("keys"), caller.owner());
    }

    /** Creates a key and renders the page without a redirect, so that the key is never part of a URL or a session. */
    @PostMapping
    @AllowedTo(Who.SESSION)
    ModelAndView create(
            @RequestParam(defaultValue = "") String name, Caller.SessionAccount caller, HttpServletRequest request) {
        try {
            NewKey made = keys.create(caller.owner(), name);
            return fillModel(new ModelAndView("keys"), caller.owner())
                    .addObject("made", made)
                    .addObject("origin", Layout.origin(request));
        } catch (ApiException refused) {
            return fillModel(FormAnswer.refused("keys", refused), caller.owner())
                    .addObject("name", name);
        }
    }

    @PostMapping("/{id}/revoke")
    @AllowedTo(Who.SESSION)
    String revoke(@PathVariable("id") String id, Caller.SessionAccount caller) {
        if (!store.revoke(caller.owner().id(), id)) {
            throw ApiException.notFound("No valid API key has this id; it may have been revoked already");
        }
        return "redirect:/keys?done=revoked";
    }

    private ModelAndView fillModel(ModelAndView page, Account account) {
        return page.addObject(
                        "keys", store.of(account.id()).stream().map(Line::of).toList())
                .addObject("allowed", account.plan().hasKeys());
    }

    /** A row of the key list. */
    record Line(
            String id,
            String name,
            String prefix,
            When created,
            @Nullable When lastUsed,
            @Nullable When revoked) {
        static Line of(ApiKey key) {
            return new Line(
                    key.id(),
                    key.name(),
                    key.prefix(),
                    When.of(key.createdAt()),
                    key.lastUsedAt().map(When::of).orElse(null),
                    key.revokedAt().map(When::of).orElse(null));
        }
    }
}
