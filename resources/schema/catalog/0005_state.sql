-- User decisions are copied next to the files (core/catalog/state_snapshot.h) whenever they change: these
-- indexes save each copy a scan of all items, events and deletions.
CREATE INDEX item_protected ON item(id) WHERE protected = 1;
CREATE INDEX event_reviewed ON event(camera, start, end) WHERE reviewed = 1;
CREATE INDEX deletion_at ON deletion(at);
-- Deletions by capture time: the hatched gaps of the timeline.
CREATE INDEX deletion_captured ON deletion(camera, captured);
