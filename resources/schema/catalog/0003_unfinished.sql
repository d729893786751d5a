-- Incomplete and damaged items by name: a later upload of the same name that begins with their bytes
-- supersedes them, whatever the order and length in which they arrived.
--
--  I8  item_detail.unfinished says whether the item's state is incomplete or damaged.

ALTER TABLE item_detail ADD COLUMN unfinished INTEGER NOT NULL DEFAULT 0;
UPDATE item_detail SET unfinished = 1 WHERE id IN (SELECT id FROM item WHERE state IN (2, 3));
CREATE INDEX item_detail_unfinished ON item_detail(account, source_path) WHERE unfinished = 1;
