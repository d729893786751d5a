// Records the clip being opened in a file before reading its first byte, so that a clip that crashes the
// program is recognized at the next start and not reopened automatically. One thread; blocks on disk but
// syncs nothing: a power cut is not the clip's fault.
#pragma once

#include <QSet>
#include <QString>

namespace gatehouse::media
{

class OpeningMark
{
public:
    // Marks nothing if `file` is empty.
    explicit OpeningMark(QString file) : m_file(std::move(file)) {}

    // Reads what crashed the program the last time; once, at startup.
    void read();
    [[nodiscard]] bool holds(qint64 token) const { return m_held.contains(token); }

    void opening(qint64 token);
    void opened(); // the clip was opened, and is no longer suspect
    void closed(); // opening was abandoned

private:
    void write(const QByteArray &text);
    [[nodiscard]] QByteArray text() const;

    QString m_file;
    QSet<qint64> m_held;
    qint64 m_opening = 0; // 0: nothing
};

} // namespace gatehouse::media
