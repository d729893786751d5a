// A few MiB next to the catalog, given up when its disk is full, so that the catalog's log can still be
// opened and rows and files can still be deleted. Made again where there is plenty of room. Blocks on disk:
// at the start, or on a thread that may.
#pragma once

#include <QString>

namespace gatehouse::app
{

class Ballast
{
public:
    explicit Ballast(const QString &dataFolder);

    // Looks at the room that is left, and gives the ballast up or makes it. False: the disk is full.
    bool keep() const;

private:
    void make() const;

    QString m_folder;
    QString m_path;
};

} // namespace gatehouse::app
