-- Items that repair found without a line in the journal: only the last part of their name on the camera is
-- known. A later upload of the same bytes into the same folder, under a name with that ending, replaces them.
--
--  I9  item_detail.recovered is "<camera's folder>/<name>" from such an item's path, NULL for all others.

ALTER TABLE item_detail ADD COLUMN recovered TEXT;
CREATE INDEX item_detail_recovered ON item_detail(recovered) WHERE recovered IS NOT NULL;
