#include "catalog/types/removal_reasons.h"

#include <QCoreApplication>
#include <iterator>

namespace gatehouse::catalog
{

namespace
{

// In the order of KeptElsewhere. Never changed: migration 0007 and old journals know them.
constexpr const char *kKeptSentences[] = {
    QT_TRANSLATE_NOOP("Catalog", "Superseded by a later, longer upload of the same file"),
    QT_TRANSLATE_NOOP("Catalog", "The same file is already stored under this name."),
    QT_TRANSLATE_NOOP("Catalog", "Uploaded again, now with its full name"),
    QT_TRANSLATE_NOOP("Catalog", "The same file is already stored"),
};

} // namespace

QString reasonOf(KeptElsewhere where)
{
    return QCoreApplication::translate("Catalog", kKeptSentences[size_t(where)]);
}

std::optional<KeptElsewhere> keptElsewhere(const QString &reason)
{
    for (size_t i = 0; i < std::size(kKeptSentences); ++i) {
        if (reason == QLatin1String(kKeptSentences[i]) || reason == reasonOf(KeptElsewhere(i)))
            return KeptElsewhere(i);
    }
    return std::nullopt;
}

} // namespace gatehouse::catalog
