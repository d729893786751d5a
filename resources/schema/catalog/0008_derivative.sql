-- Files made from an item, kept in the cache folder: posters now, copies of clips later.
--
--  I11 Every made derivative has its item. That of a removed item stays, unwanted, until its file is gone.

CREATE TABLE derivative(
    item  INTEGER NOT NULL,     -- no foreign key: the row outlives its item
    kind  INTEGER NOT NULL,     -- 0 poster
    state INTEGER NOT NULL,     -- 0 made, 1 unwanted: its file is to be deleted
    bytes INTEGER NOT NULL,     -- 0: made before this table existed
    path  TEXT NOT NULL,        -- below the cache folder
    PRIMARY KEY(item, kind)
) WITHOUT ROWID;
CREATE INDEX derivative_unwanted ON derivative(item) WHERE state = 1;

-- Posters of earlier versions: their path followed from the item's id. Those of deleted items were never
-- removed.
INSERT INTO derivative
    SELECT id, 0, 0, 0, printf('posters/%02x/%d.jpg', id & 255, id) FROM item WHERE has_picture = 1
    UNION ALL
    SELECT item, 0, 1, 0, printf('posters/%02x/%d.jpg', item & 255, item) FROM deletion
    WHERE kind IN (0, 1) AND item NOT IN (SELECT id FROM item)
    ORDER BY 1;
