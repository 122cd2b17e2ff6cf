-- compatible-from: 1
-- What people say about the exact bytes of a version, at a frame or about the whole.

CREATE TABLE comments (
    id TEXT NOT NULL PRIMARY KEY,
    asset_id TEXT NOT NULL REFERENCES assets (id),
    sha256 TEXT NOT NULL,
    author TEXT NOT NULL,
    frame INTEGER CHECK (frame >= 0),
    text TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX comments_by_bytes ON comments (sha256, at, id);
