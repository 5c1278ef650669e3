-- Times are milliseconds since 1970-01-01T00:00Z, so that both databases compare and index them in the same way.
-- Flags are 0 or 1. Ids are random texts, not sequence numbers.
-- ${binary} and ${timestamp} are the column types that both databases name differently.

-- The e-mail address is normalized by the server, whose rules differ from lower() of the databases. Addresses that look
-- alike have the same skeleton; only two addresses in ASCII may share one.
CREATE TABLE account (
    id             TEXT PRIMARY KEY,
    email          TEXT NOT NULL UNIQUE,
    email_skeleton TEXT NOT NULL DEFAULT '',
    email_ascii    SMALLINT NOT NULL DEFAULT 1 CHECK (email_ascii IN (0, 1)),
    password_hash  TEXT NOT NULL,
    plan           TEXT NOT NULL CHECK (plan IN ('free', 'pro', 'agency')),
    is_admin       SMALLINT NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1)),
    disabled       SMALLINT NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    created_at     BIGINT NOT NULL
);
CREATE INDEX account_skeleton ON account (email_skeleton);
CREATE UNIQUE INDEX account_skeleton_once ON account (email_skeleton) WHERE email_ascii = 0;

-- A key is found by its prefix and authenticated by its digest; the key itself is not stored.
CREATE TABLE api_key (
    id           TEXT PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    prefix       TEXT NOT NULL UNIQUE,
    sha256       TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at   BIGINT
);
CREATE INDEX api_key_account ON api_key (account_id, created_at);

-- paused_by is null while the monitor is active; otherwise 'user', or 'plan' if a downgrade has paused it.
CREATE TABLE monitor (
    id           TEXT PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    url          TEXT NOT NULL,
    frequency    TEXT NOT NULL CHECK (frequency IN ('daily', 'weekly', 'monthly')),
    is_active    SMALLINT NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    paused_by    TEXT CHECK (paused_by IN ('user', 'plan')),
    email_alerts SMALLINT NOT NULL DEFAULT 1 CHECK (email_alerts IN (0, 1)),
    last_grade   TEXT,
    last_scan_id TEXT,
    last_error   TEXT,
    last_run_at  BIGINT,
    next_due_at  BIGINT,
    created_at   BIGINT NOT NULL
);
CREATE INDEX monitor_account ON monitor (account_id, created_at);
CREATE INDEX monitor_due ON monitor (is_active, next_due_at);

-- monitor_id is not a foreign key, because reports are kept when their monitor is deleted. due_at is the trigger of a
-- monitor's scan, null for the first scan; the unique index below allows one report per trigger. run_id identifies the
-- attempt that executes the scan, so that an attempt that was taken over cannot overwrite the result of its successor.
-- results is compressed with gzip. It is the last column, because SQLite reads the columns before one to get to it.
-- is_unchanged is 1 if the report of a monitor has the same outcomes as the one before; old ones are deleted.
-- certificate_lifetime is in milliseconds.
CREATE TABLE scan (
    id          TEXT PRIMARY KEY,
    account_id  TEXT REFERENCES account (id) ON DELETE CASCADE,
    url         TEXT NOT NULL,
    site        TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'interrupted')),
    run_id      TEXT,
    grade       TEXT,
    score       INTEGER,
    error       TEXT,
    error_code  TEXT,
    monitor_id  TEXT,
    due_at      BIGINT,
    created_at  BIGINT NOT NULL,
    finished_at BIGINT,
    expires_at  BIGINT,
    outcome_digest         TEXT,
    is_unchanged           SMALLINT NOT NULL DEFAULT 0 CHECK (is_unchanged IN (0, 1)),
    certificate_expires_at BIGINT,
    certificate_lifetime   BIGINT,
    results                ${binary}
);
CREATE INDEX scan_account ON scan (account_id, created_at, id);
CREATE INDEX scan_site ON scan (account_id, site, created_at);
CREATE INDEX scan_expiry ON scan (expires_at);
CREATE INDEX scan_state ON scan (state);
CREATE UNIQUE INDEX scan_once_per_trigger ON scan (monitor_id, due_at);
CREATE INDEX scan_monitor ON scan (monitor_id, created_at, id);
-- The reports and failures of monitors that the purge looks for, oldest first.
CREATE INDEX scan_unchanged ON scan (created_at, id)
    WHERE monitor_id IS NOT NULL AND (is_unchanged = 1 OR state <> 'done');

CREATE TABLE share (
    token      TEXT PRIMARY KEY,
    scan_id    TEXT NOT NULL REFERENCES scan (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX share_scan ON share (scan_id);

-- Number of uses by a subject (an account, an address) in a period.
CREATE TABLE usage_counter (
    subject    TEXT NOT NULL,
    period     TEXT NOT NULL,
    used       INTEGER NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (subject, period)
);
CREATE INDEX usage_counter_expiry ON usage_counter (expires_at);

-- The URL and the secret are encrypted with a key that is not in the database.
CREATE TABLE webhook (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE,
    url        TEXT NOT NULL,
    format     TEXT NOT NULL DEFAULT 'json' CHECK (format IN ('json', 'slack', 'teams', 'discord', 'ntfy')),
    secret     TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE webhook_delivery (
    id              TEXT PRIMARY KEY,
    webhook_id      TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    scan_id         TEXT,
    payload         TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at BIGINT,
    last_status     INTEGER,
    last_error      TEXT,
    created_at      BIGINT NOT NULL,
    delivered_at    BIGINT
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, state, next_attempt_at);

-- actor and subject are ids of accounts, which may have been deleted since, or short texts. They are not foreign keys.
CREATE TABLE audit_event (
    id          TEXT PRIMARY KEY,
    occurred_at BIGINT NOT NULL,
    type        TEXT NOT NULL,
    actor       TEXT NOT NULL,
    subject     TEXT NOT NULL,
    address     TEXT NOT NULL,
    details     TEXT NOT NULL
);
CREATE INDEX audit_event_time ON audit_event (occurred_at);

-- Codes with which the first administrator is created, one for each node. They are printed to the log.
CREATE TABLE setup_code (
    sha256     TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

-- The tables of Spring Session, with the names that it requires. session_id is a digest of the id in the cookie.
CREATE TABLE spring_session (
    primary_id            CHAR(64) PRIMARY KEY,
    session_id            CHAR(64) NOT NULL UNIQUE,
    creation_time         BIGINT NOT NULL,
    last_access_time      BIGINT NOT NULL,
    max_inactive_interval INTEGER NOT NULL,
    expiry_time           BIGINT NOT NULL,
    principal_name        VARCHAR(100)
);
CREATE INDEX spring_session_expiry ON spring_session (expiry_time);
CREATE INDEX spring_session_principal ON spring_session (principal_name);

CREATE TABLE spring_session_attributes (
    session_primary_id CHAR(64) NOT NULL REFERENCES spring_session (primary_id) ON DELETE CASCADE,
    attribute_name     VARCHAR(200) NOT NULL,
    attribute_bytes    ${binary} NOT NULL,
    PRIMARY KEY (session_primary_id, attribute_name)
);

-- The table of db-scheduler, with the names that it requires.
CREATE TABLE scheduled_tasks (
    task_name            TEXT NOT NULL,
    task_instance        TEXT NOT NULL,
    task_data            ${binary},
    execution_time       ${timestamp},
    picked               BOOLEAN NOT NULL,
    picked_by            TEXT,
    last_success         ${timestamp},
    last_failure         ${timestamp},
    consecutive_failures INT,
    last_heartbeat       ${timestamp},
    version              BIGINT NOT NULL,
    priority             SMALLINT,
    state                TEXT,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_last_heartbeat ON scheduled_tasks (last_heartbeat);
CREATE INDEX scheduled_tasks_priority ON scheduled_tasks (priority DESC, execution_time ASC);

-- The same table for the second group of tasks: webhook messages and maintenance.
CREATE TABLE background_task (
    task_name            TEXT NOT NULL,
    task_instance        TEXT NOT NULL,
    task_data            ${binary},
    execution_time       ${timestamp},
    picked               BOOLEAN NOT NULL,
    picked_by            TEXT,
    last_success         ${timestamp},
    last_failure         ${timestamp},
    consecutive_failures INT,
    last_heartbeat       ${timestamp},
    version              BIGINT NOT NULL,
    priority             SMALLINT,
    state                TEXT,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX background_task_execution_time ON background_task (execution_time);
CREATE INDEX background_task_last_heartbeat ON background_task (last_heartbeat);
CREATE INDEX background_task_priority ON background_task (priority DESC, execution_time ASC);

-- The same table for the third group of tasks: e-mails.
CREATE TABLE email_task (
    task_name            TEXT NOT NULL,
    task_instance        TEXT NOT NULL,
    task_data            ${binary},
    execution_time       ${timestamp},
    picked               BOOLEAN NOT NULL,
    picked_by            TEXT,
    last_success         ${timestamp},
    last_failure         ${timestamp},
    consecutive_failures INT,
    last_heartbeat       ${timestamp},
    version              BIGINT NOT NULL,
    priority             SMALLINT,
    state                TEXT,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX email_task_execution_time ON email_task (execution_time);
CREATE INDEX email_task_last_heartbeat ON email_task (last_heartbeat);
CREATE INDEX email_task_priority ON email_task (priority DESC, execution_time ASC);

-- Tokens of links in e-mails, one for each purpose and address, because a new link ends the earlier one. account_id is
-- null for an invitation, whose account does not exist yet. is_emailed is 0 if the link was shown to an administrator,
-- so that using it does not prove access to the mailbox.
CREATE TABLE email_token (
    sha256     TEXT PRIMARY KEY,
    purpose    TEXT NOT NULL CHECK (purpose IN ('verify_email', 'reset_password', 'invitation')),
    account_id TEXT REFERENCES account (id) ON DELETE CASCADE,
    email      TEXT NOT NULL,
    details    TEXT NOT NULL,
    is_emailed SMALLINT NOT NULL CHECK (is_emailed IN (0, 1)),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (purpose, email)
);
CREATE INDEX email_token_account ON email_token (account_id);
CREATE INDEX email_token_expiry ON email_token (expires_at);

-- The e-mail preferences of accounts that have verified an address. Without a row, an account gets no alerts.
CREATE TABLE email_preference (
    account_id         TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    verified_email     TEXT NOT NULL,
    alerts             SMALLINT NOT NULL DEFAULT 1 CHECK (alerts IN (0, 1)),
    summary            SMALLINT NOT NULL DEFAULT 1 CHECK (summary IN (0, 1)),
    summary_sent_until BIGINT NOT NULL
);
CREATE INDEX email_preference_summary ON email_preference (summary, summary_sent_until);

-- The alerts about certificates that were sent, for each channel. A certificate is identified by its end.
CREATE TABLE certificate_alert (
    monitor_id     TEXT NOT NULL REFERENCES monitor (id) ON DELETE CASCADE,
    channel        TEXT NOT NULL CHECK (channel IN ('email', 'webhook')),
    expires_at     BIGINT NOT NULL,
    threshold_days INTEGER NOT NULL,
    PRIMARY KEY (monitor_id, channel, expires_at, threshold_days)
);
