// Items that repair found without a line in the journal. Only the last part of their name on the camera is
// known, so an upload of the same bytes into the same folder of the archive, under a name with that ending,
// counts as the same file and replaces them. Inside an operation.
#pragma once

#include "catalog/tables/item_row.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

// Before a run's first operation.
bool anyRecovered(db::Connection &db);
bool isRecovered(WriteContext &context, ItemId item);

// The item that already has this recovered file's bytes, under a matching name; none.
ItemId keptAlready(WriteContext &context, const NewItem &recovered);
// The item was added for this recovered file. Notes uploads of about that time that may continue its bytes.
void noteRecovered(WriteContext &context, const NewItem &recovered);

// The items replaced by an upload that has their full name.
class Recovered
{
public:
    [[nodiscard]] bool contains(ItemId item) const;
    // The bytes had arrived by then.
    [[nodiscard]] qint64 firstArrival(qint64 received) const;
    // The upload is stored: transfers what was known about them, and turns them into garbage.
    [[nodiscard]] Added supersededBy(WriteContext &context, const Added &upload) const;

private:
    friend Recovered recoveredAs(WriteContext &context, const NewItem &upload);
    QVector<ItemRow> m_items;
    QVector<EventId> m_reviewed;
};
Recovered recoveredAs(WriteContext &context, const NewItem &upload);
// Recovered items of the same day and name with fewer bytes: they may be its prefix.
QVector<ItemId> shorterRecovered(WriteContext &context, const NewItem &upload);

} // namespace gatehouse::catalog
