#include "db/damaged.h"

#include "base/messages.h"
#include "db/page_rows.h"

#include <QFileInfo>
#include <QUrl>
#include <QtEndian>
#include <cerrno>
#include <cstring>
#include <sqlite3.h>
#include <unistd.h>

namespace gatehouse::db
{

namespace
{

constexpr int kPageSize = 4096; // of every catalog, whatever its header says now
constexpr int kLogHeader = 32;
constexpr int kFrameHeader = 24;

tl::unexpected<Error> cannot(const QFile &file)
{
    const ErrorKind kind = errno == ENOSPC || errno == EDQUOT              ? ErrorKind::Full
                           : file.error() == QFileDevice::PermissionsError ? ErrorKind::Denied
                                                                           : ErrorKind::Unavailable;
    return fail(kind, Messages::tr("%1: %2").arg(file.fileName(), file.errorString()), QStringLiteral("db"));
}

// The write-ahead log: frames count up to the last one that ends a commit, and only while their salts match
// the log's and the running checksum is correct. https://www.sqlite.org/fileformat2.html, 4.
class Log
{
public:
    explicit Log(const QByteArray &header) : m_header(header)
    {
        m_isBig = (number(header, 0) & 1) != 0;
        m_isSound = header.size() == kLogHeader && (number(header, 0) & ~1U) == 0x377f0682 &&
                    number(header, 8) == kPageSize;
        if (m_isSound) {
            sum(header.first(24));
            m_isSound = m_first == number(header, 24) && m_second == number(header, 28);
        }
    }

    [[nodiscard]] bool isSound() const { return m_isSound; }

    bool take(const QByteArray &frame)
    {
        if (frame.size() != kFrameHeader + kPageSize || frame.mid(8, 8) != m_header.mid(16, 8))
            return false;
        sum(frame.first(8));
        sum(frame.mid(kFrameHeader));
        return m_first == number(frame, 16) && m_second == number(frame, 20);
    }

    static quint32 number(const QByteArray &bytes, qsizetype at)
    {
        return bytes.size() < at + 4 ? 0 : qFromBigEndian<quint32>(bytes.constData() + at);
    }

private:
    void sum(const QByteArray &bytes)
    {
        for (qsizetype at = 0; at + 8 <= bytes.size(); at += 8) {
            m_first += word(bytes, at) + m_second;
            m_second += word(bytes, at + 4) + m_first;
        }
    }
    [[nodiscard]] quint32 word(const QByteArray &bytes, qsizetype at) const
    {
        return m_isBig ? qFromBigEndian<quint32>(bytes.constData() + at)
                       : qFromLittleEndian<quint32>(bytes.constData() + at);
    }

    QByteArray m_header;
    bool m_isBig = false;
    bool m_isSound = false;
    quint32 m_first = 0;
    quint32 m_second = 0;
};

Result<void> applyLog(const QString &logPath, QFile &copy)
{
    QFile file(logPath);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return cannot(file);
    Log log(file.read(kLogHeader));
    qint64 committed = kLogHeader;
    quint32 pages = 0;
    while (log.isSound()) {
        const QByteArray frame = file.read(kFrameHeader + kPageSize);
        if (!log.take(frame))
            break;
        if (const quint32 size = Log::number(frame, 4); size != 0) {
            pages = size;
            committed = file.pos();
        }
    }
    file.seek(kLogHeader);
    while (file.pos() < committed) {
        const QByteArray frame = file.read(kFrameHeader + kPageSize);
        if (!copy.seek(qint64(Log::number(frame, 0) - 1) * kPageSize) ||
            copy.write(frame.constData() + kFrameHeader, kPageSize) != kPageSize)
            return cannot(copy);
    }
    if (pages != 0 && !copy.resize(qint64(pages) * kPageSize))
        return cannot(copy);
    return {};
}

Value columnOf(sqlite3_stmt *statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return qint64(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
        return sqlite3_column_double(statement, column);
    case SQLITE_TEXT:
        return QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(statement, column)),
                                 sqlite3_column_bytes(statement, column));
    case SQLITE_BLOB:
        return QByteArray(static_cast<const char *>(sqlite3_column_blob(statement, column)),
                          sqlite3_column_bytes(statement, column));
    default:
        return {};
    }
}

} // namespace

Result<void> copyWithLog(const QString &from, const QString &to)
{
    constexpr qint64 kStep = 4 << 20;
    QFile source(from);
    QFile copy(to);
    if (!source.open(QIODevice::ReadOnly))
        return cannot(source);
    if (!copy.open(QIODevice::ReadWrite | QIODevice::Truncate | QIODevice::Unbuffered))
        return cannot(copy);
    // Skips a page that the disk cannot read any more, but not those around it.
    for (qint64 at = 0; at < source.size();) {
        source.seek(at);
        QByteArray bytes = source.read(kStep);
        if (bytes.isEmpty()) {
            source.seek(at);
            bytes = source.read(kPageSize);
        }
        if (bytes.isEmpty())
            bytes = QByteArray(kPageSize, '\0');
        if (!copy.seek(at) || copy.write(bytes) != bytes.size())
            return cannot(copy);
        at += bytes.size();
    }
    return applyLog(from + QStringLiteral("-wal"), copy);
}

Result<std::unique_ptr<DamagedDatabase>> DamagedDatabase::open(const QString &copy)
{
    std::unique_ptr<DamagedDatabase> out(new DamagedDatabase);
    out->m_file.setFileName(copy);
    if (!out->m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return cannot(out->m_file);
    const QByteArray name =
        QUrl::fromLocalFile(QFileInfo(copy).absoluteFilePath()).toEncoded() + "?immutable=1";
    sqlite3_open_v2(name.constData(), &out->m_handle,
                    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite3_exec(out->m_handle, "PRAGMA cell_size_check = 1", nullptr, nullptr, nullptr);
    out->oneWay("PRAGMA user_version", [&](const Row &row) {
        if (const auto *version = std::get_if<qint64>(&row.values.first()))
            out->m_version = int(*version);
    });
    if (!out->oneWay("SELECT name FROM sqlite_schema", [](const Row &) {}))
        out->m_version.reset();
    out->oneWay("PRAGMA quick_check(1)", [&](const Row &row) {
        const auto *found = std::get_if<QString>(&row.values.first());
        out->m_isStructureSound = found && *found == QLatin1String("ok");
    });
    return out;
}

DamagedDatabase::~DamagedDatabase()
{
    sqlite3_close_v2(m_handle);
}

bool DamagedDatabase::oneWay(const QByteArray &sql, const TakeRow &row)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(m_handle, sql.constData(), int(sql.size()), &statement, nullptr) != SQLITE_OK)
        return false;
    int code = SQLITE_OK;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        Row found;
        for (int column = 0; column < sqlite3_column_count(statement); ++column)
            found.values.append(columnOf(statement, column));
        row(found);
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE;
}

bool DamagedDatabase::query(const QByteArray &what, const QByteArrayList &order, const TakeRow &row)
{
    const QByteArray sql = "SELECT " + what + " ORDER BY ";
    if (oneWay(sql + order.join(", "), row))
        return true;
    oneWay(sql + order.join(" DESC, ") + " DESC", row);
    return false;
}

bool DamagedDatabase::pages(const TakeRow &row)
{
    PageSource source;
    source.pageSize = kPageSize;
    source.page = [this](quint32 page) {
        m_file.seek(qint64(page - 1) * kPageSize);
        return m_file.read(kPageSize);
    };
    source.count = quint32(m_file.size() / kPageSize);
    bool all = true;
    for (quint32 page = 1; page <= source.count; ++page)
        all = (readPage(source, page, row) || page == 1) && all;
    return all;
}

} // namespace gatehouse::db
