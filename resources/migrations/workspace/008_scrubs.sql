-- compatible-from: 6
-- When an original was last read back from the disk and held against its hash, and what was wrong with it.

CREATE TABLE scrubs (
    sha256 TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    error_code TEXT,
    error_reason TEXT,
    error_detail TEXT
);
CREATE INDEX scrubs_damaged ON scrubs (at) WHERE error_code IS NOT NULL;
