package dev.websentry.server.account;

/** Adapts the data of a feature to a new plan of an account. */
public interface PlanChangeListener {
    /**
     * Adapts the data, in the transaction that changes the plan.
     *
     * @param accountId id of an account that may not exist
     */
    void planChanged(String accountId, Plan plan);
}
