-- What a person decided is copied beside the files (core/catalog/state_snapshot.h) whenever it changes:
-- this is read each time and must not cost a pass over all items, events and deletions.
CREATE INDEX item_protected ON item(id) WHERE protected = 1;
CREATE INDEX event_reviewed ON event(camera, start, end) WHERE reviewed = 1;
CREATE INDEX deletion_at ON deletion(at);
-- What was deleted when it was captured: the hatched gaps of the timeline.
CREATE INDEX deletion_captured ON deletion(camera, captured);
