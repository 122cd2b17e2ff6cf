-- compatible-from: 1
-- The workspace: everything the studio must not lose. Times are milliseconds since 1970 UTC; bodies are JSON text.

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at INTEGER NOT NULL
);

CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    roles TEXT NOT NULL
);

CREATE TABLE profiles (
    name TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
);

CREATE TABLE assets (
    id TEXT NOT NULL PRIMARY KEY,
    title_id TEXT,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL CHECK (bytes >= 0),
    original_name TEXT NOT NULL,
    facts TEXT,
    state TEXT NOT NULL,
    priority INTEGER NOT NULL DEFAULT 0,
    ingested_at INTEGER NOT NULL,
    duplicate_of TEXT REFERENCES assets (id)
);
CREATE INDEX assets_by_hash ON assets (sha256);
CREATE INDEX assets_by_title ON assets (title_id);
CREATE INDEX assets_by_duplicate ON assets (duplicate_of);
CREATE INDEX assets_by_queue ON assets (state, priority DESC, ingested_at, id);
CREATE INDEX assets_by_order ON assets (priority DESC, ingested_at, id);

CREATE TABLE reports (
    asset_id TEXT NOT NULL REFERENCES assets (id),
    profile TEXT NOT NULL,
    verdict TEXT NOT NULL,
    report TEXT NOT NULL,
    measurements TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (asset_id, profile)
);

CREATE TABLE decisions (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    asset_id TEXT NOT NULL REFERENCES assets (id),
    asset_sha256 TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX decisions_by_asset ON decisions (asset_id, sequence);
CREATE INDEX decisions_by_author ON decisions (author, sequence);
-- One decision stands for each version of an asset.
CREATE UNIQUE INDEX decisions_standing ON decisions (asset_id, asset_sha256) WHERE state IN ('committed', 'sent');

CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT,
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    state TEXT NOT NULL,
    error_code TEXT,
    error_reason TEXT,
    error_detail TEXT,
    server_state TEXT,
    claimed_at INTEGER,
    done_at INTEGER
);
CREATE INDEX outbox_open ON outbox (title_id, sequence) WHERE state <> 'done';
CREATE INDEX outbox_open_in_order ON outbox (sequence) WHERE state <> 'done';
CREATE INDEX outbox_by_subject ON outbox (subject) WHERE subject IS NOT NULL;

CREATE TABLE rules (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    title_id TEXT,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX rules_by_title ON rules (title_id, kind);

CREATE TABLE jobs (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    job_class TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    priority INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    progress_done REAL NOT NULL,
    progress_total REAL NOT NULL,
    detail TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    error_code TEXT,
    error_reason TEXT,
    error_detail TEXT
);
CREATE INDEX jobs_queued ON jobs (job_class, priority DESC, sequence) WHERE state = 'queued';

CREATE TABLE renditions (
    asset_id TEXT NOT NULL REFERENCES assets (id),
    ladder TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (asset_id, ladder, name)
);

CREATE TABLE publications (
    id TEXT NOT NULL PRIMARY KEY,
    title_id TEXT NOT NULL,
    site TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (title_id, site)
);

CREATE TABLE review_states (
    person_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, sha256)
);

CREATE TABLE audit_entries (
    sequence INTEGER PRIMARY KEY,
    entry TEXT NOT NULL,
    leaf_hash BLOB NOT NULL,
    subject TEXT NOT NULL
);
CREATE INDEX audit_entries_by_subject ON audit_entries (subject, sequence);

CREATE TABLE audit_heads (
    size INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
);

-- One row: the log's size, the roots of its full subtrees and the head over them, signed with each transaction.
CREATE TABLE audit_tip (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    peaks BLOB NOT NULL,
    head TEXT NOT NULL
);

CREATE TRIGGER audit_entries_keep BEFORE UPDATE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_heads_keep BEFORE UPDATE ON audit_heads
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_heads_stay BEFORE DELETE ON audit_heads
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
