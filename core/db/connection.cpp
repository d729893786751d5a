#include "db/connection.h"

#include "base/escaped.h"
#include "base/messages.h"

#include <QFile>
#include <QFileInfo>
#include <QUrl>
#include <cerrno>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace gatehouse::db
{

namespace
{

// `number`: the system's errno, if known.
Error errorFrom(int code, const char *message, int number)
{
    if ((code & 0xff) == SQLITE_IOERR && (number == ENOSPC || number == EDQUOT))
        code = SQLITE_FULL;
    const QString where =
        QStringLiteral("db: %1 (%2)").arg(escaped(QByteArrayView(message)), QString::number(code));
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {ErrorKind::Full, Messages::tr("The disk that holds the catalog is full."), where};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorKind::Corrupt, Messages::tr("The catalog is damaged. Run \"gatehouse check --repair\"."),
                where};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorKind::Denied, Messages::tr("The catalog is read-only."), where};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::Unavailable, Messages::tr("The catalog is in use by another program."), where};
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return {ErrorKind::Unavailable, Messages::tr("The disk that holds the catalog does not respond."),
                where};
    case SQLITE_INTERRUPT:
        return {ErrorKind::Cancelled, Messages::tr("The query was stopped."), where};
    case SQLITE_CONSTRAINT: // not caused by user or camera input: that is checked before
        return {ErrorKind::Internal, Messages::tr("The catalog rejected this change."), where};
    default:
        return {ErrorKind::Internal, Messages::tr("The catalog can't be used."), where};
    }
}

// A read-only disk (a backup), where SQLite could not create its own files. Anything still in the log would
// be unreadable there, too.
bool cannotChange(const QString &path)
{
    const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
    return ::access(folder.constData(), W_OK) != 0 && errno == EROFS &&
           QFileInfo(path + QStringLiteral("-wal")).size() == 0;
}

// For all of these, SQLite only says that it cannot open the file.
std::optional<Error> whatIsInTheWay(const OpenOptions &options)
{
    for (const char *suffix : {"", "-wal", "-shm"}) {
        const QString file = options.path + QLatin1String(suffix);
        const QFileInfo info(file);
        if (info.isDir())
            return Error{ErrorKind::Denied,
                         Messages::tr("%1 is a folder, but should be a file. Move it away.").arg(file),
                         QStringLiteral("db")};
        if (!options.readOnly && info.exists() &&
            ::faccessat(AT_FDCWD, QFile::encodeName(file).constData(), W_OK, AT_EACCESS) != 0 &&
            errno == EACCES)
            return Error{ErrorKind::Denied,
                         Messages::tr("%1 is read-only. Make it writable: chmod u+w \"%1\"").arg(file),
                         QStringLiteral("db")};
    }
    return std::nullopt;
}

constexpr int kStepsUntilAsked = 10'000;

int noteLogPages(void *pages, sqlite3 *, const char *, int count)
{
    *static_cast<int *>(pages) = count;
    return SQLITE_OK;
}

} // namespace

Connection::Connection(sqlite3 *handle) : m_handle(handle) {}

Connection::~Connection()
{
    for (auto &[sql, statements] : m_idle) {
        for (sqlite3_stmt *statement : statements)
            sqlite3_finalize(statement);
    }
    sqlite3_close_v2(m_handle);
}

Result<std::unique_ptr<Connection>> Connection::open(const OpenOptions &options)
{
    if (options.readOnly && !QFileInfo::exists(options.path))
        return fail(ErrorKind::NotFound, Messages::tr("There is no catalog yet."), QStringLiteral("db"));
    if (const auto error = whatIsInTheWay(options))
        return tl::unexpected(*error);
    sqlite3 *handle = nullptr;
    int mode = options.readOnly ? SQLITE_OPEN_READONLY : (SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    QByteArray name = options.path.toUtf8();
    if (options.readOnly && cannotChange(options.path)) {
        mode |= SQLITE_OPEN_URI;
        name = QUrl::fromLocalFile(QFileInfo(options.path).absoluteFilePath()).toEncoded() + "?immutable=1";
    }
    const int code = sqlite3_open_v2(name.constData(), &handle,
                                     mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, options.vfs);
    if (code != SQLITE_OK) {
        const Error error = errorFrom(code, handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code),
                                      handle ? sqlite3_system_errno(handle) : 0);
        sqlite3_close_v2(handle);
        return tl::unexpected(error);
    }
    std::unique_ptr<Connection> connection(new Connection(handle));
    sqlite3_busy_timeout(handle, options.busyTimeout);
    sqlite3_wal_hook(handle, noteLogPages, &connection->m_logPages); // replaces automatic checkpoints
    connection->script("PRAGMA cache_size = -" + QByteArray::number(options.cacheKiB) + ";");
    if (options.readOnly) {
        connection->script("PRAGMA query_only = 1;");
    } else {
        connection->script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = 1;"
                           "PRAGMA secure_delete = 1;" // see DamagedDatabase::pages()
                           "PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 33554432;");
    }
    connection->query("SELECT count(*) FROM sqlite_schema").step(); // detects a damaged file
    if (auto error = connection->takeError())
        return tl::unexpected(*error);
    return connection;
}

Statement Connection::prepare(std::string_view sql)
{
    auto entry = m_idle.find(sql);
    if (entry == m_idle.end())
        entry = m_idle.emplace(std::string(sql), std::vector<sqlite3_stmt *>()).first;
    std::vector<sqlite3_stmt *> &idle = entry->second;
    if (!idle.empty()) {
        sqlite3_stmt *statement = idle.back();
        idle.pop_back();
        return {this, statement, &idle};
    }
    sqlite3_stmt *statement = nullptr;
    note(sqlite3_prepare_v3(m_handle, sql.data(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                            nullptr));
    return {this, statement, &idle};
}

qint64 Connection::run(std::string_view sql, const QVector<Value> &values)
{
    Statement statement = prepare(sql);
    for (int i = 0; i < values.size(); ++i)
        statement.bind(i + 1, values[i]);
    while (statement.step()) {
    }
    return failed() ? 0 : changedRows();
}

void Connection::script(const QByteArray &sql)
{
    if (!failed())
        note(sqlite3_exec(m_handle, sql.constData(), nullptr, nullptr, nullptr));
}

void Connection::note(int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW && !m_error)
        m_error = errorFrom(code, sqlite3_errmsg(m_handle), sqlite3_system_errno(m_handle));
}

std::optional<Error> Connection::takeError()
{
    return std::exchange(m_error, std::nullopt);
}

Result<void> Connection::takeResult()
{
    if (auto error = takeError())
        return tl::unexpected(*error);
    return {};
}

void Connection::stopWhen(std::function<bool()> stop)
{
    m_stop = std::move(stop);
    sqlite3_progress_handler(
        m_handle, m_stop ? kStepsUntilAsked : 0,
        [](void *connection) { return int(static_cast<Connection *>(connection)->m_stop()); }, this);
}

bool Connection::inTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

qint64 Connection::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

qint64 Connection::changedRows() const
{
    return sqlite3_changes64(m_handle);
}

Result<void> Connection::checkpoint(bool truncate)
{
    int left = 0;
    int moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(
        m_handle, nullptr, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &left, &moved);
    // Busy: a reader or another checkpoint is active; the next one continues.
    if (code == SQLITE_OK && left == moved)
        m_logPages = 0;
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
        return tl::unexpected(errorFrom(code, sqlite3_errmsg(m_handle), sqlite3_system_errno(m_handle)));
    return {};
}

} // namespace gatehouse::db
