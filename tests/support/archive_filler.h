// An archive full of small files, as if a user's cameras had sent them long ago: for tests and benchmarks of
// what makes a lost catalog anew. One thread.
#pragma once

#include <QByteArray>
#include <QString>

namespace gatehouse::tests
{

struct ArchiveFill {
    QString root; // of an archive that an engine has made
    QString user;
    int files = 0;
    int cameras = 14;
    int days = 365;   // before `until`, evenly
    qint64 until = 0; // UTC ms
};

// Files and their lines in the journal; nothing is synced. False: one could not be written.
bool fillArchive(const ArchiveFill &fill);
// What the cameras called the file, and what is in it.
QString filledSource(const ArchiveFill &fill, int number);
QByteArray filledBytes(int number);

} // namespace gatehouse::tests
