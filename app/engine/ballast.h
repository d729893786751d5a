// A few MiB reserved next to the catalog and released when its disk is full, so that the catalog's log can
// still be opened and rows and files can still be deleted. Recreated when there is plenty of space. Blocks on
// disk: at startup, or on a thread that may.
#pragma once

#include <QString>

namespace gatehouse::app
{

class Ballast
{
public:
    explicit Ballast(const QString &dataFolder);

    // Checks the free space, and releases or recreates the ballast. False: the disk is full.
    bool keep() const;

private:
    void make() const;

    QString m_folder;
    QString m_path;
};

} // namespace gatehouse::app
