-- compatible-from: 6
-- The highest score that a classifier gave a picture of the asset: an order for the queue, nothing more.

ALTER TABLE assets ADD COLUMN model_score REAL;

-- Which assets show a given one, when something is allowed in it.
CREATE INDEX content_matches_by_other ON content_matches (kind, other);
