-- compatible-from: 1
-- What a job had done when its present attempt began: the time left counts what came after it.

ALTER TABLE jobs ADD COLUMN progress_at_start REAL NOT NULL DEFAULT 0;
