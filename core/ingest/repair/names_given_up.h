// The names that accounts deleted or renamed while a rebuild of the catalog is running: the rows of their old
// files are added late, and a camera must not see again what it has deleted. Bounded; one thread.
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
    // A file, or a folder with everything below it. Beyond eight million characters, further names are
    // ignored.
    void add(AccountId account, const QString &path);
    [[nodiscard]] bool contains(AccountId account, const QString &path) const;
    // No more late rows: remembers nothing from now on.
    void end();

private:
    QHash<AccountId, QSet<QString>> m_names;
    qsizetype m_characters = 0;
    bool m_isOver = false;
};

} // namespace gatehouse::ingest
