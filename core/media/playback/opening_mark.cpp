#include "media/playback/opening_mark.h"

#include "base/posix_file_system.h"

#include <QLoggingCategory>

namespace gatehouse::media
{

namespace
{

Q_LOGGING_CATEGORY(lcMark, "gatehouse.media")

constexpr qint64 kMaxMarkBytes = 4096;
constexpr int kMaxHeld = 100;

} // namespace

void OpeningMark::read()
{
    if (m_file.isEmpty())
        return;
    const auto text = PosixFileSystem().read(m_file, 0, kMaxMarkBytes);
    if (!text)
        return; // the usual case: no file
    for (const QByteArray &line : text->split('\n')) {
        bool isNumber = false;
        const qint64 token = line.toLongLong(&isNumber);
        if (isNumber && m_held.size() < kMaxHeld)
            m_held.insert(token);
    }
}

void OpeningMark::opening(qint64 token)
{
    m_opening = token;
    write(text());
}

void OpeningMark::opened()
{
    if (m_opening == 0)
        return;
    m_held.remove(std::exchange(m_opening, 0));
    write(text());
}

void OpeningMark::closed()
{
    if (std::exchange(m_opening, 0) != 0)
        write(text());
}

QByteArray OpeningMark::text() const
{
    QByteArray out;
    for (const qint64 token : m_held)
        out += QByteArray::number(token) + '\n';
    if (m_opening != 0 && !m_held.contains(m_opening))
        out += QByteArray::number(m_opening) + '\n';
    return out;
}

void OpeningMark::write(const QByteArray &text)
{
    if (m_file.isEmpty())
        return;
    PosixFileSystem files;
    if (text.isEmpty()) {
        (void)files.remove(m_file);
        return;
    }
    const QString part = m_file + QStringLiteral(".part");
    (void)files.remove(part);
    Result<void> done;
    if (const auto made = files.create(part); made) {
        done = files.write(*made, text);
        files.close(*made);
        if (done)
            done = files.replace(part, m_file);
    } else {
        done = tl::unexpected(made.error());
    }
    if (!done)
        qCWarning(lcMark, "cannot mark the clip being opened: %s", qPrintable(done.error().text));
}

} // namespace gatehouse::media
