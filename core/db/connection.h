// One connection to an SQLite database: caches statements, and keeps the first error until it is taken. After
// an error all statements are no-ops, so that an operation can be written straight through and checked once
// at its end. One thread at a time. Errors: Full, Corrupt, Denied (read-only), Unavailable (busy, the disk),
// NotFound (no file to read), Cancelled, Internal (including constraints).
#pragma once

#include "base/result.h"
#include "db/statement.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;

namespace gatehouse::db
{

struct OpenOptions {
    QString path;
    bool readOnly = false;
    int busyTimeout = 5000;    // ms
    int cacheKiB = 8192;       // maximum page cache
    const char *vfs = nullptr; // null: the system's
};

class Connection
{
public:
    // Writable: created if missing, WAL, synchronous=FULL, foreign keys, no automatic checkpoints.
    static Result<std::unique_ptr<Connection>> open(const OpenOptions &options);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    // `sql`: one statement, always the same text (it is the cache key).
    template<typename... Values>
    Statement query(std::string_view sql, const Values &...values)
    {
        Statement statement = prepare(sql);
        int index = 0;
        (statement.bind(++index, values), ...);
        return statement;
    }

    // The same with a variable number of values.
    qint64 run(std::string_view sql, const QVector<Value> &values);
    // Runs at once; returns the number of changed rows.
    template<typename... Values>
    qint64 run(std::string_view sql, const Values &...values)
    {
        Statement statement = query(sql, values...);
        while (statement.step()) {
        }
        return failed() ? 0 : changedRows();
    }

    // Several statements, not cached.
    void script(const QByteArray &sql);

    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    std::optional<Error> takeError();
    Result<void> takeResult();

    // Called now and then to cancel a running statement (Cancelled). None: never.
    void stopWhen(std::function<bool()> stop);

    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] qint64 lastInsertId() const;
    // Pages in the write-ahead log after the last commit.
    [[nodiscard]] int logPages() const { return m_logPages; }
    // Moves what it can from the log to the database without waiting for readers; `truncate` waits.
    Result<void> checkpoint(bool truncate = false);
    // Makes logPages() 0 until the next commit: a reader holds on to the log, so retrying is pointless for
    // now.
    void postponeCheckpoint() { m_logPages = 0; }

private:
    friend class Statement;
    struct TextHash {
        using is_transparent = void;
        size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    explicit Connection(sqlite3 *handle);
    Statement prepare(std::string_view sql);
    void note(int code);
    [[nodiscard]] qint64 changedRows() const;

    sqlite3 *m_handle = nullptr;
    std::unordered_map<std::string, std::vector<sqlite3_stmt *>, TextHash, std::equal_to<>> m_idle;
    std::optional<Error> m_error;
    std::function<bool()> m_stop;
    int m_logPages = 0;
};

} // namespace gatehouse::db
