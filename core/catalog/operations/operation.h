// An operation is a value that describes a change to the catalog; pass it to Writer::submit(). run() returns
// Result<T>. It runs on the writer thread inside the open transaction; an error rolls its writes back. One
// that nobody waits for declares static constexpr auto kUrgency = db::Urgency::Deferred.
#pragma once

#include "db/writer_thread.h"

namespace gatehouse::catalog
{

struct WriteContext;

template<typename T>
concept Operation = requires(const T &operation, WriteContext &context)
{
    operation.run(context);
};

template<Operation T>
constexpr db::Urgency urgencyOf()
{
    if constexpr (requires { T::kUrgency; })
        return T::kUrgency;
    else
        return db::Urgency::Immediate;
}

} // namespace gatehouse::catalog
