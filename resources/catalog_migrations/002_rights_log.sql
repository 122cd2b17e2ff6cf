-- compatible-from: 2
-- What a title is a part of (as in its facts, by a part link only), to find what a change reaches without all titles.
ALTER TABLE titles ADD COLUMN part_of TEXT;
UPDATE titles SET part_of = json_extract(rights, '$.parent')
    WHERE coalesce(json_extract(rights, '$.link'), 'part') = 'part' AND json_extract(rights, '$.parent') <> '';
CREATE INDEX titles_by_whole ON titles (part_of) WHERE part_of IS NOT NULL;

-- Every change of rights: a stamp that no other state of the rules ever has, and what it reaches. A compiled form says
-- which stamp it was made at, so that one that is older can follow and one of other rows is never taken for these.
CREATE TABLE rights_changes (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, stamp TEXT NOT NULL UNIQUE, touched TEXT NOT NULL
) STRICT;
