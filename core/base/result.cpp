#include "base/result.h"

#include <array>

namespace gatehouse
{

namespace
{
constexpr std::array kErrorKindNames = {"invalid", "notFound", "denied",    "unavailable",
                                        "full",    "corrupt",  "cancelled", "internal"};
}

QString errorKindName(ErrorKind kind)
{
    return QString::fromLatin1(kErrorKindNames.at(static_cast<std::size_t>(kind)));
}

ErrorKind errorKindFromName(const QString &name)
{
    for (std::size_t i = 0; i < kErrorKindNames.size(); ++i) {
        if (name == QLatin1String(kErrorKindNames.at(i)))
            return static_cast<ErrorKind>(i);
    }
    return ErrorKind::Internal;
}

} // namespace gatehouse
