#include "app/engine/ballast.h"

#include "base/posix_file_system.h"

#include <QRandomGenerator>
#include <vector>

namespace gatehouse::app
{

namespace
{

constexpr qint64 kBytes = qint64(8) << 20;
constexpr qint64 kFull = qint64(4) << 20;     // less is barely enough for the catalog's log
constexpr qint64 kPlenty = qint64(128) << 20; // so that it takes no space from an upload

// Not zeros: some file systems store those without using space.
QByteArray incompressible()
{
    std::vector<quint32> numbers(kBytes / sizeof(quint32));
    QRandomGenerator::global()->fillRange(numbers.data(), qsizetype(numbers.size()));
    return {reinterpret_cast<const char *>(numbers.data()), qsizetype(kBytes)};
}

} // namespace

Ballast::Ballast(const QString &dataFolder)
    : m_folder(dataFolder), m_path(dataFolder + QStringLiteral("/ballast"))
{
}

bool Ballast::keep() const
{
    PosixFileSystem files;
    const auto space = files.space(m_folder);
    if (!space)
        return true; // other parts report what is wrong with it
    if (space->free < kFull)
        static_cast<void>(files.remove(m_path));
    else if (space->free >= kPlenty && !files.stat(m_path))
        make();
    return space->free >= kFull;
}

void Ballast::make() const
{
    PosixFileSystem files;
    const auto fd = files.create(m_path);
    if (!fd)
        return;
    const auto written = files.write(*fd, incompressible()).and_then([&] { return files.sync(*fd); });
    files.close(*fd);
    if (!written)
        static_cast<void>(files.remove(m_path));
}

} // namespace gatehouse::app
