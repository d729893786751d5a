-- What repair found without its line in the journal: of its name on the camera only the last part is known.
-- A later upload of these bytes under a name that ends so, into the same folder, takes its place.
--
--  I9  item_detail.recovered is "<camera's folder>/<name>" of such an item's path, and NULL of all others.

ALTER TABLE item_detail ADD COLUMN recovered TEXT;
CREATE INDEX item_detail_recovered ON item_detail(recovered) WHERE recovered IS NOT NULL;
