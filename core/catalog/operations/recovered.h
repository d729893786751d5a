// Items that repair found without their line in the journal. Of what their camera called them only the last
// part is known, so an upload of the same bytes into the same folder of the archive, under a name that ends
// so, is taken for the same one and takes their place. Inside an operation.
#pragma once

#include "catalog/tables/item_row.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

// Before the first command of a run.
bool anyRecovered(db::Connection &db);
bool isRecovered(WriteContext &context, ItemId item);

// The item that holds the bytes of this recovered file already, under a name that fits; none.
ItemId keptAlready(WriteContext &context, const NewItem &recovered);
// The item was added for this recovered file. Tells of uploads of about that time that may go on where it
// ends.
void noteRecovered(WriteContext &context, const NewItem &recovered);

// The items whose place an upload takes that has its whole name.
class Recovered
{
public:
    [[nodiscard]] bool contains(ItemId item) const;
    // The bytes were here by then.
    [[nodiscard]] qint64 firstArrival(qint64 received) const;
    // The upload is kept: what was known of them is known of it, and they are garbage.
    [[nodiscard]] Added supersededBy(WriteContext &context, const Added &upload) const;

private:
    friend Recovered recoveredAs(WriteContext &context, const NewItem &upload);
    QVector<ItemRow> m_items;
    QVector<EventId> m_reviewed;
};
Recovered recoveredAs(WriteContext &context, const NewItem &upload);
// Recovered items of the day, of the upload's name and with less bytes: they may be its beginning.
QVector<ItemId> shorterRecovered(WriteContext &context, const NewItem &upload);

} // namespace gatehouse::catalog
