// A running statement: values in, rows out. Returns to its connection's cache when destroyed. The connection
// keeps errors: step() then returns false. Same thread as the connection.
#pragma once

#include "base/ids.h"
#include "db/row.h"

#include <QByteArray>
#include <QString>
#include <optional>
#include <type_traits>
#include <vector>

struct sqlite3_stmt;

namespace gatehouse::db
{

class Connection;

class Statement
{
public:
    Statement(Connection *connection, sqlite3_stmt *handle, std::vector<sqlite3_stmt *> *home);
    ~Statement();
    Statement(Statement &&other) noexcept;
    Statement &operator=(Statement &&) = delete;

    // From 1.
    void bind(int index, qint64 value);
    void bind(int index, int value) { bind(index, qint64(value)); }
    void bind(int index, bool value) { bind(index, qint64(value)); }
    void bind(int index, const QString &value);
    void bind(int index, const QByteArray &value);
    void bind(int index, double value);
    void bind(int index, const Value &value);
    void bindNull(int index);
    template<typename Enum>
    requires std::is_enum_v<Enum>
    void bind(int index, Enum value) { bind(index, qint64(value)); }
    // An invalid id is NULL.
    template<typename Tag>
    void bind(int index, Id<Tag> value)
    {
        value.isValid() ? bind(index, value.value) : bindNull(index);
    }
    template<typename Value>
    void bind(int index, const std::optional<Value> &value)
    {
        value ? bind(index, *value) : bindNull(index);
    }

    // True while there is a row.
    bool step();

    // From 0; NULL reads as 0, "" or none.
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] int number(int column) const { return int(integer(column)); }
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray blob(int column) const; // text too, as UTF-8
    [[nodiscard]] bool isNull(int column) const;
    template<typename SomeId>
    [[nodiscard]] SomeId id(int column) const
    {
        return SomeId{integer(column)};
    }
    template<typename Enum>
    [[nodiscard]] Enum as(int column) const
    {
        return Enum(integer(column));
    }
    [[nodiscard]] std::optional<qint64> maybe(int column) const
    {
        return isNull(column) ? std::nullopt : std::optional(integer(column));
    }

private:
    Connection *m_connection;
    sqlite3_stmt *m_handle; // null: could not be prepared
    std::vector<sqlite3_stmt *> *m_home;
};

} // namespace gatehouse::db
