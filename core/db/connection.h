// One connection to an SQLite database: cached statements, and the first error kept until it is taken.
// After an error every statement does nothing, so that a command may be written straight down and asked
// once at its end. One thread at a time. Errors: Full, Corrupt, Denied (read-only), Unavailable (busy,
// the disk), NotFound (no file to read), Cancelled, Internal (a constraint too).
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
    int cacheKiB = 8192;       // pages kept in memory at most
    const char *vfs = nullptr; // none: the system's
};

class Connection
{
public:
    // Writable: made if missing, WAL, synchronous=FULL, foreign keys, no automatic checkpoints.
    static Result<std::unique_ptr<Connection>> open(const OpenOptions &options);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    // `sql`: one statement, the same text each time (it is the key of the cache).
    template<typename... Values>
    Statement query(std::string_view sql, const Values &...values)
    {
        Statement statement = prepare(sql);
        int index = 0;
        (statement.bind(++index, values), ...);
        return statement;
    }

    // The same with as many values as there are.
    qint64 run(std::string_view sql, const QVector<Value> &values);
    // Carried out at once; the number of rows it changed.
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

    // Whether a statement under way is to end with Cancelled: asked now and then. None: it is not asked.
    void stopWhen(std::function<bool()> stop);

    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] qint64 lastInsertId() const;
    // Pages in the write-ahead log after the last commit.
    [[nodiscard]] int logPages() const { return m_logPages; }
    // Moves what it can from the log to the database without waiting for readers; `truncate` waits.
    Result<void> checkpoint(bool truncate = false);
    // logPages() is 0 until the next commit: a reader holds on to the log, so another try has no use yet.
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
