// Fills an archive with small files, as if cameras had sent them long ago: for tests and benchmarks of
// rebuilding a lost catalog. One thread.
#pragma once

#include <QByteArray>
#include <QString>

namespace gatehouse::tests
{

struct ArchiveFill {
    QString root; // of an archive created by an engine
    QString user;
    int files = 0;
    int cameras = 14;
    int days = 365;   // before `until`, evenly distributed
    qint64 until = 0; // UTC ms
};

// Writes files and their journal lines; syncs nothing. False: a write failed.
bool fillArchive(const ArchiveFill &fill);
// The file's name on the camera, and its content.
QString filledSource(const ArchiveFill &fill, int number);
QByteArray filledBytes(int number);

} // namespace gatehouse::tests
