// Result<T>: a value, or an Error that a person can act on. No exceptions cross a module boundary.
// Only Unavailable is worth retrying (with jittered back-off); other errors would recur.
// Thread-safe: values, nothing shared.
#pragma once

#include <QString>
#include <tl/expected.hpp>

namespace gatehouse
{

enum class ErrorKind { Invalid, NotFound, Denied, Unavailable, Full, Corrupt, Cancelled, Internal };

struct Error {
    ErrorKind kind = ErrorKind::Internal;
    QString text;       // one sentence for a person, translated where it can reach the screen
    QString where;      // module or file, for the log
    QString field = {}; // which input is wrong, such as "receiver.port" or "name"; empty: none in particular
};

template<typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorKind kind, QString text, QString where = {})
{
    return tl::unexpected<Error>(Error{kind, std::move(text), std::move(where)});
}

// "invalid", "notFound", …: the names used on the control socket and in the log.
QString errorKindName(ErrorKind kind);
ErrorKind errorKindFromName(const QString &name);

} // namespace gatehouse
