package dev.websentry.server.key;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Plan;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.error.ApiException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates and revokes API keys for the API and the dashboard, and enforces the plan and the rules for names. */
@Service
public class ApiKeyService {
    private static final int MAX_NAME_LENGTH = 100;

    private final ApiKeyRepository store;
    private final AccountRepository accounts;
    private final TransactionTemplate transactions;
    private final AuditLog audit;

    ApiKeyService(
            ApiKeyRepository store, AccountRepository accounts, TransactionTemplate transactions, AuditLog audit) {
        this.store = store;
        this.accounts = accounts;
        this.transactions = transactions;
        this.audit = audit;
    }

    /**
     * Creates a key. The plan is checked under a lock, so that a concurrent downgrade cannot leave a new key behind.
     *
     * @param name 1 to 100 characters
     * @throws ApiException 400 if the name is invalid, 401 if the account was deleted, 403 if the plan has no API keys
     */
    public CreatedApiKey create(Account account, @Nullable String name) {
        requirePlan(account.plan());
        String validName = validName(name);
        return transactions.execute(status -> {
            requirePlan(accounts.lockPlan(account.id()).orElseThrow(ApiException::accountDeleted));
            CreatedApiKey created = store.create(account.id(), validName);
            audit.record(
                    AuditAction.API_KEY_CREATED,
                    account.id(),
                    account.id(),
                    keyDetails(created.key().id()));
            return created;
        });
    }

    /**
     * Revokes a key.
     *
     * @throws ApiException 404 if the account has no valid key with this id
     */
    public void revoke(Account account, String id) {
        if (!store.revoke(account.id(), id)) {
            throw ApiException.notFound("No valid API key has this id; it may have been revoked already");
        }
        audit.record(AuditAction.API_KEY_REVOKED, account.id(), account.id(), keyDetails(id));
    }

    private static Map<String, String> keyDetails(String id) {
        return Map.of("key", id);
    }

    /**
     * Checks that a plan includes API keys.
     *
     * @throws ApiException 403 otherwise
     */
    public static void requirePlan(Plan plan) {
        if (!plan.hasApiKeys()) {
            throw ApiException.forbiddenPlan(
                    "The " + plan.wireName() + " plan does not include API keys; upgrade to pro or agency");
        }
    }

    private static String validName(@Nullable String name) {
        if (name == null || name.isBlank()) {
            throw ApiException.invalidRequest("The field 'name' is missing; enter the purpose of the key in 1 to "
                    + MAX_NAME_LENGTH + " characters, such as My CI pipeline");
        }
        String stripped = name.strip();
        if (stripped.length() > MAX_NAME_LENGTH) {
            throw ApiException.invalidRequest(
                    "The field 'name' has " + stripped.length() + " characters; use at most " + MAX_NAME_LENGTH);
        }
        return stripped;
    }
}
