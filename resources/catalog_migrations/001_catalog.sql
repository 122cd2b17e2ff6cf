-- compatible-from: 1
-- Instants are milliseconds since 1970 (UTC); JSON is text; digests of objects are 64 hexadecimal digits.
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE tokens (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, digest BLOB NOT NULL UNIQUE, scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL, expires_at INTEGER
) STRICT;

CREATE TABLE titles (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, rights TEXT NOT NULL,
    windows_version INTEGER NOT NULL DEFAULT 0, updated_at INTEGER NOT NULL, deleted_at INTEGER
) STRICT;

CREATE TABLE assets (
    id TEXT PRIMARY KEY, title TEXT NOT NULL REFERENCES titles (id), sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
    file_name TEXT NOT NULL, facts TEXT NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX assets_by_title ON assets (title);

CREATE TABLE decisions (
    id TEXT PRIMARY KEY, asset TEXT NOT NULL REFERENCES assets (id), asset_sha256 TEXT NOT NULL, verdict TEXT NOT NULL,
    decision TEXT NOT NULL, decided_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, actor TEXT NOT NULL,
    supersedes TEXT UNIQUE REFERENCES decisions (id)
) STRICT;
-- One decision starts the history of an asset version; each later one names the decision it replaces.
CREATE UNIQUE INDEX one_first_decision ON decisions (asset, asset_sha256) WHERE supersedes IS NULL;
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_keep BEFORE DELETE ON decisions BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;

CREATE TABLE deals (id TEXT PRIMARY KEY, deal TEXT NOT NULL) STRICT;
CREATE TABLE rules (
    id TEXT PRIMARY KEY, title TEXT NOT NULL REFERENCES titles (id), position INTEGER NOT NULL, rule TEXT NOT NULL
) STRICT;
CREATE INDEX rules_by_title ON rules (title, position);

CREATE TABLE objects (sha256 TEXT PRIMARY KEY, bytes INTEGER NOT NULL, created_at INTEGER NOT NULL) STRICT;
CREATE TABLE uploads (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, actor TEXT NOT NULL, created_at INTEGER NOT NULL,
    UNIQUE (actor, sha256, bytes)
) STRICT;

CREATE TABLE packages (
    id TEXT PRIMARY KEY, asset TEXT NOT NULL REFERENCES assets (id), source_sha256 TEXT NOT NULL, master TEXT NOT NULL,
    poster TEXT NOT NULL, rendition_count INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE package_files (
    package TEXT NOT NULL REFERENCES packages (id), name TEXT NOT NULL, sha256 TEXT NOT NULL REFERENCES objects (sha256),
    bytes INTEGER NOT NULL, PRIMARY KEY (package, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE publications (
    id TEXT PRIMARY KEY, title TEXT NOT NULL REFERENCES titles (id), asset TEXT NOT NULL REFERENCES assets (id),
    package TEXT NOT NULL REFERENCES packages (id), state TEXT NOT NULL, version INTEGER NOT NULL, live_from INTEGER,
    created_at INTEGER NOT NULL, withdrawn_at INTEGER, withdraw_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX publications_by_title ON publications (title);

CREATE TABLE idempotency (
    actor TEXT NOT NULL, route TEXT NOT NULL, key TEXT NOT NULL, fingerprint BLOB NOT NULL, status INTEGER NOT NULL,
    etag TEXT NOT NULL, body BLOB NOT NULL, created_at INTEGER NOT NULL, PRIMARY KEY (actor, route, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (created_at);

CREATE TABLE changes (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL, change TEXT NOT NULL,
    version INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT;

CREATE TABLE audit_entries (sequence INTEGER PRIMARY KEY, leaf BLOB NOT NULL) STRICT;
CREATE TABLE audit_heads (size INTEGER PRIMARY KEY, head TEXT NOT NULL) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit_entries BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
