// Which clip is being opened, written to a file before its first byte is read, so that one which ends the
// whole program is known at the next start and not opened by itself again. One thread; blocks on disk, but
// syncs nothing: a power cut is no clip's fault.
#pragma once

#include <QSet>
#include <QString>

namespace gatehouse::media
{

class OpeningMark
{
public:
    // Without a file nothing is marked.
    explicit OpeningMark(QString file) : m_file(std::move(file)) {}

    // What ended the program before; once, at the start.
    void read();
    [[nodiscard]] bool holds(qint64 token) const { return m_held.contains(token); }

    void opening(qint64 token);
    void opened(); // the one that was being opened, and it is held no more
    void closed(); // it was given up before it was open

private:
    void write(const QByteArray &text);
    [[nodiscard]] QByteArray text() const;

    QString m_file;
    QSet<qint64> m_held;
    qint64 m_opening = 0; // 0: nothing
};

} // namespace gatehouse::media
