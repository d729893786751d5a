#include "db/statement.h"

#include "db/connection.h"

#include <sqlite3.h>
#include <utility>

namespace gatehouse::db
{

Statement::Statement(Connection *connection, sqlite3_stmt *handle, std::vector<sqlite3_stmt *> *home)
    : m_connection(connection), m_handle(handle), m_home(home)
{
}

Statement::Statement(Statement &&other) noexcept
    : m_connection(other.m_connection), m_handle(std::exchange(other.m_handle, nullptr)), m_home(other.m_home)
{
}

Statement::~Statement()
{
    if (!m_handle)
        return;
    sqlite3_reset(m_handle);
    sqlite3_clear_bindings(m_handle);
    m_home->push_back(m_handle);
}

void Statement::bind(int index, qint64 value)
{
    if (m_handle)
        m_connection->note(sqlite3_bind_int64(m_handle, index, value));
}

void Statement::bind(int index, const QString &value)
{
    if (!m_handle)
        return;
    const QByteArray utf8 = value.toUtf8();
    m_connection->note(
        sqlite3_bind_text(m_handle, index, utf8.constData(), int(utf8.size()), SQLITE_TRANSIENT));
}

void Statement::bind(int index, const QByteArray &value)
{
    if (m_handle)
        m_connection->note(
            sqlite3_bind_blob(m_handle, index, value.constData(), int(value.size()), SQLITE_TRANSIENT));
}

void Statement::bind(int index, double value)
{
    if (m_handle)
        m_connection->note(sqlite3_bind_double(m_handle, index, value));
}

void Statement::bind(int index, const Value &value)
{
    std::visit(
        [&](const auto &one) {
            if constexpr (std::is_same_v<std::decay_t<decltype(one)>, std::monostate>)
                bindNull(index);
            else
                bind(index, one);
        },
        value);
}

void Statement::bindNull(int index)
{
    if (m_handle)
        m_connection->note(sqlite3_bind_null(m_handle, index));
}

bool Statement::step()
{
    if (!m_handle || m_connection->failed())
        return false;
    const int code = sqlite3_step(m_handle);
    if (code == SQLITE_ROW)
        return true;
    m_connection->note(code);
    return false;
}

qint64 Statement::integer(int column) const
{
    return m_handle ? sqlite3_column_int64(m_handle, column) : 0;
}

QString Statement::text(int column) const
{
    return m_handle ? QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(m_handle, column)),
                                        sqlite3_column_bytes(m_handle, column))
                    : QString();
}

QByteArray Statement::blob(int column) const
{
    return m_handle ? QByteArray(static_cast<const char *>(sqlite3_column_blob(m_handle, column)),
                                 sqlite3_column_bytes(m_handle, column))
                    : QByteArray();
}

bool Statement::isNull(int column) const
{
    return !m_handle || sqlite3_column_type(m_handle, column) == SQLITE_NULL;
}

} // namespace gatehouse::db
