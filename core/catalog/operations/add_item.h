// Adding items, and applying what becomes known about them: add, examine, revise.
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

// If the item is gone, what was made from it is unwanted. Errors: NotFound, if nothing was made.
struct SetExamined {
    static constexpr auto kUrgency = db::Urgency::Deferred;

    Examined found;

    Result<void> run(WriteContext &context) const;
};

// RNTO: a new source path, interpreted again. `update` has the metadata of the new name (id and hash are
// ignored). A duplicate has changed nothing yet: repeat the operation with that item as `same` to discard it.
struct ReviseItem {
    ItemId item;
    NewItem update;
    ItemId same = {};

    Result<Added> run(WriteContext &context) const;
};

// The item's file was missing or damaged, and has been restored under the same path of this archive.
struct MarkFileRestored {
    ItemId item;
    QString archive;

    Result<void> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
