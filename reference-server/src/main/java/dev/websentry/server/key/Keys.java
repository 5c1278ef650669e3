package dev.websentry.server.key;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Plan;
import dev.websentry.server.answer.ApiException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Who may have a key, and what it may be called; for the API and for pages alike. */
@Service
public class Keys {
    private static final int LONGEST_NAME = 100;

    private final KeyStore store;
    private final AccountStore accounts;
    private final TransactionTemplate transactions;

    Keys(KeyStore store, AccountStore accounts, TransactionTemplate transactions) {
        this.store = store;
        this.accounts = accounts;
        this.transactions = transactions;
    }

    /**
     * Makes a key, if the account's plan has keys at the moment at which it is made.
     *
     * @throws ApiException 400, 401 or 403
     */
    public NewKey create(Account account, @Nullable String name) {
        requirePlan(account.plan());
        String fit = fit(name);
        return transactions.execute(status -> {
            requirePlan(accounts.lock(account.id()).orElseThrow(ApiException::accountGone));
            return store.create(account.id(), fit);
        });
    }

    /**
     * Holds that a plan has keys.
     *
     * @throws ApiException 403
     */
    public static void requirePlan(Plan plan) {
        if (!plan.hasKeys()) {
            throw ApiException.forbiddenPlan("The plan " + plan.wire() + " has no API keys; Pro and Agency have");
        }
    }

    private static String fit(@Nullable String name) {
        if (name == null || name.isBlank()) {
            throw ApiException.invalid("The field 'name' is missing: expected what the key is for, in 1 to "
                    + LONGEST_NAME + " characters, such as My CI pipeline");
        }
        String stripped = name.strip();
        if (stripped.length() > LONGEST_NAME) {
            throw ApiException.invalid("The field 'name' has " + stripped.length() + " characters: at most "
                    + LONGEST_NAME + " are taken");
        }
        return stripped;
    }
}
