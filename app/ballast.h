// A few MiB beside the catalog that are given up when its disk is full: then the catalog's log can be opened
// and rows and files can go. Made again where there is plenty of room. Blocks on disk: at the start, or on a
// thread that may.
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
