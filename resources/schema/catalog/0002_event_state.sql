-- How an event's worst item is, without looking at all its items: an event may have thousands, and each of
-- them is examined. Only what is not ok is in it, which is little once the examination is done.
CREATE INDEX item_event_state ON item(event, state) WHERE state <> 1;
