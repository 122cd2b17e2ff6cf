-- compatible-from: 1
-- What people said of findings ("allowed here because …"), by content hash: a re-upload of the same bytes has it too.

CREATE TABLE allowances (
    id TEXT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL,
    check_id TEXT NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    expires INTEGER,
    body TEXT NOT NULL
);
CREATE INDEX allowances_by_content ON allowances (sha256, at);
