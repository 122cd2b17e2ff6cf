-- compatible-from: 1
-- Fingerprints of assets, banks of known content, and what was found to match.

-- A number is never used twice, also not after a restore: the hash index knows assets by it.
CREATE TABLE fingerprints (
    number INTEGER PRIMARY KEY,
    asset_id TEXT NOT NULL UNIQUE REFERENCES assets (id),
    body BLOB NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE banks (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    severity TEXT NOT NULL,
    changed_at INTEGER NOT NULL
);

CREATE TABLE bank_hashes (
    bank_id TEXT NOT NULL REFERENCES banks (id),
    hash BLOB NOT NULL,
    quality INTEGER NOT NULL CHECK (quality BETWEEN 0 AND 100),
    label TEXT NOT NULL,
    PRIMARY KEY (bank_id, hash)
);

CREATE TABLE content_matches (
    asset_id TEXT NOT NULL REFERENCES assets (id),
    kind TEXT NOT NULL,
    other TEXT NOT NULL,
    label TEXT NOT NULL,
    severity TEXT NOT NULL,
    distance INTEGER NOT NULL,
    share REAL NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (asset_id, kind, other, label)
);
