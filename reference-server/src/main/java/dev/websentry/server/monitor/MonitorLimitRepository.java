package dev.websentry.server.monitor;

import dev.websentry.server.account.Plan;
import dev.websentry.server.account.PlanChangeListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Pauses the newest active monitors of an account that exceed the limit of its new plan. */
@Repository
public class MonitorLimitRepository implements PlanChangeListener {
    private final JdbcClient db;

    public MonitorLimitRepository(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void planChanged(String accountId, Plan plan) {
        db.sql("""
                        UPDATE monitor SET is_active = 0, paused_by = 'plan'
                        WHERE account_id = :id AND is_active = 1 AND id NOT IN (
                            SELECT id FROM monitor WHERE account_id = :id AND is_active = 1
                            ORDER BY created_at, id LIMIT :room)""").param("id", accountId).param("room", plan.maxMonitors()).update();
    }
}
