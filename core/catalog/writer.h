// The only way to write to the catalog: operations (catalog/operations) are queued and run on one thread in
// group commits (see db::WriterThread); each future resolves after its commit. Call from any thread. Changes
// are emitted on the thread that created the Writer.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "catalog/changes.h"
#include "catalog/operations/operation.h"
#include "catalog/types/item_ids.h"
#include "catalog/types/item_participant.h"
#include "catalog/types/writer_options.h"

#include <memory>

namespace gatehouse::catalog
{

class Writer
{
public:
    // Opens or creates the database and migrates it. Corrupt: the text says what to do.
    static Result<std::unique_ptr<Writer>> open(const WriterOptions &options, const Clock &clock);
    ~Writer(); // completes queued operations
    Q_DISABLE_COPY_MOVE(Writer)

    template<Operation T>
    auto submit(T operation)
    {
        return thread().submit([&context = context(), operation = std::move(operation)](
                                   db::Connection &) { return operation.run(context); },
                               urgencyOf<T>());
    }

    // Participates in adding every item submitted from then on.
    void addParticipant(ItemParticipant participant);

    Changes &changes();
    // Assigns ids: known before a file is placed, and the same in its name and its row.
    ItemIds &ids();

private:
    struct Private;
    explicit Writer(std::unique_ptr<Private> d);
    db::WriterThread &thread();
    WriteContext &context(); // the thread's own

    std::unique_ptr<Private> d;
};

} // namespace gatehouse::catalog
