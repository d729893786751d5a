// What comes in and what is found out about it: add, examine, revise.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/item.h"

namespace gatehouse::catalog
{

// Camera, capture time, event, counts and the account's FTP tree, in one transaction.
struct AddItem {
    NewItem item;

    Result<Added> run(WriteContext &context) const;
};

struct SetExamined {
    static constexpr auto kUrgency = db::Urgency::Deferred;

    Examined found;

    Result<void> run(WriteContext &context) const;
};

// RNTO: a new source path, read anew. `update` carries what the new name says (id, hash ignored). A
// duplicate has changed nothing yet: it is given up by asking again with the item that is the `same`.
struct ReviseItem {
    ItemId item;
    NewItem update;
    ItemId same = {};

    Result<Added> run(WriteContext &context) const;
};

// The item's file was missing or broken, and its bytes are there again, under the same path of this archive.
struct MarkFileRestored {
    ItemId item;
    QString archive;

    Result<void> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
