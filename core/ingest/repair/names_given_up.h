// The names that accounts have deleted or renamed while a rebuild of the catalog is under way: the rows of
// their old files come late, and no camera is to see again what it has given up. Bounded; one thread.
#pragma once

#include "base/ids.h"

#include <QHash>
#include <QSet>
#include <QString>

namespace gatehouse::ingest
{

class NamesGivenUp
{
public:
    // A file or a folder with all below. Beyond eight million characters nothing more is remembered.
    void add(AccountId account, const QString &path);
    [[nodiscard]] bool contains(AccountId account, const QString &path) const;
    // No row comes late any more: nothing is remembered from then on.
    void end();

private:
    QHash<AccountId, QSet<QString>> m_names;
    qsizetype m_characters = 0;
    bool m_isOver = false;
};

} // namespace gatehouse::ingest
