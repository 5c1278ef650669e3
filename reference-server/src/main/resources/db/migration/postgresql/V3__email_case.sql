-- The server converts addresses to lower case. The database compared with its own lower case, which differs for
-- characters that the two know in different versions of Unicode. With the collation C, only ASCII letters have a lower
-- case, as in SQLite.
ALTER TABLE account DROP CONSTRAINT account_email_check;
ALTER TABLE account ADD CONSTRAINT account_email_check CHECK (email = lower(email COLLATE "C"));
