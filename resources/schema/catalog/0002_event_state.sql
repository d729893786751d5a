-- Finds an event's worst state without scanning all its items: an event may have thousands, and each is
-- examined. Indexes only items that are not ok, which are few once the examination is done.
CREATE INDEX item_event_state ON item(event, state) WHERE state <> 1;
