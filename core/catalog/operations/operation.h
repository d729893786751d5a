// An operation is a value that says what to do with the catalog; Writer::submit() takes it. run() answers
// Result<T>. It runs on the writer thread inside the open transaction, and an error undoes what it wrote. One
// that nobody waits for says so: static constexpr auto kUrgency = db::Urgency::Deferred.
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
