#include "catalog/types/removal_reasons.h"

#include <QCoreApplication>
#include <iterator>

namespace gatehouse::catalog
{

namespace
{

// In the order of KeptElsewhere. Never change them: migration 0007 and old journals contain them.
constexpr const char *kKeptSentences[] = {
    QT_TRANSLATE_NOOP("Catalog", "A later upload of the same file begins with these bytes and goes on."),
    QT_TRANSLATE_NOOP("Catalog", "The same bytes are kept already under the same name."),
    QT_TRANSLATE_NOOP("Catalog", "It came once more, and now with its whole name."),
    QT_TRANSLATE_NOOP("Catalog", "The same file is kept already"),
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
