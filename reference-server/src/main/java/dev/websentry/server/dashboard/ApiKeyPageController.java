package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.key.ApiKey;
import dev.websentry.server.key.ApiKeyRepository;
import dev.websentry.server.key.ApiKeyService;
import dev.websentry.server.key.CreatedApiKey;
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
class ApiKeyPageController {
    private final ApiKeyService keys;
    private final ApiKeyRepository store;

    ApiKeyPageController(ApiKeyService keys, ApiKeyRepository store) {
        this.keys = keys;
        this.store = store;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView list(Caller.SessionCaller caller) {
        return fillModel(new ModelAndView("keys"), caller.owner());
    }

    /** Creates a key and renders the page without a redirect, so that the key is never part of a URL or a session. */
    @PostMapping
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView create(
            @RequestParam(defaultValue = "") String name, Caller.SessionCaller caller, HttpServletRequest request) {
        try {
            CreatedApiKey made = keys.create(caller.owner(), name);
            return fillModel(new ModelAndView("keys"), caller.owner())
                    .addObject("made", made)
                    .addObject("origin", LayoutInterceptor.baseUrl(request));
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("keys", refused), caller.owner()).addObject("name", name);
        }
    }

    @PostMapping("/{id}/revoke")
    @RequiresAccess(AccessLevel.SESSION)
    String revoke(@PathVariable("id") String id, Caller.SessionCaller caller) {
        keys.revoke(caller.owner(), id);
        return "redirect:/keys?done=revoked";
    }

    private ModelAndView fillModel(ModelAndView page, Account account) {
        return page.addObject(
                        "keys",
                        store.findByAccount(account.id()).stream()
                                .map(ApiKeyListItem::of)
                                .toList())
                .addObject("allowed", account.plan().hasApiKeys());
    }

    /** A row of the key list. */
    record ApiKeyListItem(
            String id,
            String name,
            String prefix,
            DisplayTime created,
            @Nullable DisplayTime lastUsed,
            @Nullable DisplayTime revoked) {
        static ApiKeyListItem of(ApiKey key) {
            return new ApiKeyListItem(
                    key.id(),
                    key.name(),
                    key.prefix(),
                    DisplayTime.of(key.createdAt()),
                    key.lastUsedAt().map(DisplayTime::of).orElse(null),
                    key.revokedAt().map(DisplayTime::of).orElse(null));
        }
    }
}
