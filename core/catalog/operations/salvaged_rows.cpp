#include "catalog/operations/salvaged_rows.h"

#include "db/transaction.h"

#include <QSet>
#include <algorithm>
#include <array>

namespace gatehouse::catalog
{

namespace
{

// An index that has an entry for every row of a table.
struct Index {
    const char *ids;
    const char *order;
};

struct Table {
    const char *name;
    QByteArrayList key;
    int minColumns;   // of rows written before columns were added; 0: no rowids
    const char *sane; // condition that holds for every row
    QVector<Index> indexes;
    bool takesAway = false; // a row says that evidence is gone: one of another table must not pass for it
};

// Referenced tables come first.
const QVector<Table> &allTables()
{
    static const QVector<Table> tables{
        {"archive",
         {"id"},
         3,
         "id > 0 AND typeof(uuid) = 'text'",
         {{"id FROM archive INDEXED BY sqlite_autoindex_archive_1", "uuid"}}},
        {"account",
         {"id"},
         6,
         "id > 0 AND typeof(user) = 'text' AND user <> ''",
         {{"id FROM account INDEXED BY sqlite_autoindex_account_1", "user"}}},
        {"camera",
         {"id"},
         15,
         "id > 0 AND account >= 0 AND typeof(name) = 'text' AND typeof(zone) = 'text'",
         {{"id FROM camera INDEXED BY camera_name WHERE merged_into IS NULL AND removed = 0", "name"},
          {"id FROM camera INDEXED BY camera_key WHERE key IS NOT NULL", "account"}}},
        {"item",
         {"id"},
         14,
         R"(
             id > 0 AND camera > 0 AND kind BETWEEN 0 AND 3 AND trigger BETWEEN 0 AND 4
                 AND subject BETWEEN 0 AND 4 AND state BETWEEN 0 AND 3
                 AND typeof(captured) = 'integer' AND bytes >= 0 AND typeof(received) = 'integer')",
         {{"id FROM item INDEXED BY item_captured", "captured"}}},
        {"item_detail",
         {"id"},
         23,
         R"(
             id > 0 AND typeof(relative_path) = 'text' AND typeof(source_path) = 'text'
                 AND typeof(same_key) = 'integer' AND length(sha256) = 32)",
         {{"id FROM item_detail INDEXED BY item_detail_same", "same_key"}}},
        {"event",
         {"id"},
         13,
         R"(
             id > 0 AND camera > 0 AND start <= end AND stills >= 0 AND clips >= 0
                 AND reviewed IN (0, 1) AND protected IN (0, 1))",
         {{"id FROM event INDEXED BY event_start", "start"}}},
        {"deletion",
         {"item"},
         9,
         "item > 0 AND typeof(reason) = 'text' AND typeof(source_path) = 'text'",
         {},
         true},
        {"derivative",
         {"item", "kind"},
         0,
         R"(
             item > 0 AND kind >= 0 AND state IN (0, 1, 2) AND bytes >= 0 AND typeof(path) = 'text'
                 AND path NOT LIKE '/%' AND path NOT LIKE '%..%')",
         {}},
        {"motion", {"item"}, 0, "item > 0 AND typeof(profile) = 'blob'", {}},
        {"garbage", {"item"}, 4, "item > 0 AND typeof(relative_path) = 'text'", {}, true},
        {"salvaged_item", {"item"}, 1, "item > 0", {}},
        {"salvaged_event", {"id"}, 6, "start <= end", {}},
        {"meta", {"key"}, 0, "typeof(key) = 'text' AND typeof(value) = 'text'", {}},
        {"view", {"account", "path"}, 0, "typeof(path) = 'text'", {}},
    };
    return tables;
}

struct Column {
    QByteArray name;
    QByteArray type;
    bool mayBeNull = true;
};

QVector<Column> columnsOf(db::Connection &db, const char *table)
{
    QVector<Column> out;
    db::Statement row =
        db.query("SELECT name, type, \"notnull\" = 0 OR pk > 0 FROM pragma_table_info(?)", QByteArray(table));
    while (row.step())
        out.append({row.blob(0), row.blob(1), row.flag(2)});
    return out;
}

bool fits(const Column &column, const db::Value &value)
{
    if (std::holds_alternative<std::monostate>(value))
        return column.mayBeNull;
    if (column.type == "INTEGER")
        return std::holds_alternative<qint64>(value);
    return std::holds_alternative<QString>(value) == (column.type == "TEXT");
}

// Data about lost rows that only indexes still have.
struct Remnant {
    const char *table;
    const char *what;
    const char *order;
    const char *sql;
};

// A camera's zone is corrected once its items are known.
constexpr std::array kRemnants = {
    Remnant{"archive", "id, uuid FROM archive INDEXED BY sqlite_autoindex_archive_1", "uuid",
            "INSERT OR IGNORE INTO archive(id, uuid) VALUES(?,?)"},
    Remnant{"account", "id, user FROM account INDEXED BY sqlite_autoindex_account_1", "user",
            "INSERT OR IGNORE INTO account(id, user, enabled) VALUES(?,?,0)"},
    Remnant{"camera", "id, account, key FROM camera INDEXED BY camera_key WHERE key IS NOT NULL", "account",
            "INSERT OR IGNORE INTO camera(id, account, key, name, zone, created) VALUES(?1,?2,?3,?3,'',0)"},
    Remnant{"camera", "id, name FROM camera INDEXED BY camera_name WHERE merged_into IS NULL AND removed = 0",
            "name",
            R"(
                INSERT INTO camera(id, account, name, zone, created) VALUES(?1,0,?2,'',0)
                ON CONFLICT(id) DO UPDATE SET name = excluded.name
                WHERE zone = '')"},
};

class Copy
{
public:
    Copy(const Table &table, db::Connection &to)
        : m_table(table), m_to(to), m_columns(columnsOf(to, table.name))
    {
    }

    // In this version of the schema.
    [[nodiscard]] bool exists() const { return !m_columns.isEmpty(); }

    void bySql(db::DamagedDatabase &from)
    {
        const QByteArray name = m_table.name;
        const QByteArray source = m_table.minColumns > 0 ? name + " NOT INDEXED" : name;
        m_isWhole = from.query("* FROM " + source, m_table.key, [this](const db::Row &row) {
            if (!m_table.takesAway || fitsAll(row))
                add(row);
        });
    }

    // A row from any page, if its shape identifies its table.
    bool takeFromPage(db::Row row)
    {
        const qsizetype count = row.values.size();
        if (m_table.minColumns == 0 || count < m_table.minColumns || count > m_columns.size() ||
            !std::holds_alternative<std::monostate>(row.values.first()))
            return false;
        row.values.first() = row.rowid;
        if (!fitsAll(row))
            return false;
        add(row);
        return true;
    }

    // Determines which rows existed, to report the lost ones.
    void askIndexes(db::DamagedDatabase &from)
    {
        for (const Index &index : m_table.indexes) {
            const bool all = from.query(index.ids, {index.order}, [&](const db::Row &row) {
                if (const auto *id = std::get_if<qint64>(&row.values.first()))
                    m_known.insert(*id);
            });
            m_isKnown = m_isKnown || all;
        }
    }

    void addRemnants(db::DamagedDatabase &from)
    {
        for (const Remnant &remnant : kRemnants) {
            if (m_isWhole || qstrcmp(remnant.table, m_table.name) != 0)
                continue;
            from.query(remnant.what, {remnant.order}, [&](const db::Row &row) {
                if (std::holds_alternative<qint64>(row.values.first()) && !m_to.failed())
                    m_to.run(remnant.sql, row.values);
            });
        }
    }

    void removeInsane()
    {
        m_to.run(std::string("DELETE FROM ") + m_table.name + " WHERE (" + m_table.sane + ") IS NOT 1");
    }

    // allPages: no page can have held a row that was not read.
    SalvagedTable report(bool allPages)
    {
        SalvagedTable out{QString::fromLatin1(m_table.name)};
        {
            db::Statement row = m_to.query(std::string("SELECT count(*) FROM ") + m_table.name);
            if (row.step())
                out.kept = row.integer(0);
        }
        for (const qint64 id : std::as_const(m_known)) {
            db::Statement row = m_to.query(std::string("SELECT 1 FROM ") + m_table.name + " WHERE " +
                                               m_table.key.first().constData() + " = ?",
                                           id);
            out.lost += !row.step();
        }
        if (!m_isWhole && !m_isKnown && !allPages && out.lost == 0)
            out.lost = -1;
        return out;
    }

private:
    // As they are stored: inserted, a number would become the text that a column wants.
    [[nodiscard]] bool fitsAll(const db::Row &row) const
    {
        const qsizetype count = std::min(row.values.size(), m_columns.size());
        return std::equal(m_columns.cbegin(), m_columns.cbegin() + count, row.values.cbegin(), fits);
    }

    void add(const db::Row &row)
    {
        const qsizetype count = std::min(row.values.size(), m_columns.size());
        if (m_to.failed() || count == 0 ||
            (m_table.minColumns > 0 && !std::holds_alternative<qint64>(row.values.first())))
            return;
        m_to.run(insertion(count), row.values.first(count));
    }

    std::string_view insertion(qsizetype count)
    {
        std::string &sql = m_insertions[size_t(count)];
        if (sql.empty()) {
            QByteArrayList names;
            for (const Column &column : m_columns.first(count))
                names.append('"' + column.name + '"');
            const QByteArray marks = QByteArray("?,").repeated(count).chopped(1);
            sql = ("INSERT OR IGNORE INTO " + QByteArray(m_table.name) + '(' + names.join(',') + ") VALUES(" +
                   marks + ')')
                      .toStdString();
        }
        return sql;
    }

    const Table &m_table;
    db::Connection &m_to;
    const QVector<Column> m_columns;
    std::unordered_map<size_t, std::string> m_insertions;
    QSet<qint64> m_known;   // ids, from the indexes
    bool m_isKnown = false; // m_known is complete
    bool m_isWhole = false;
};

// Keeps assigned ids from being assigned again.
void copySequences(db::DamagedDatabase &from, db::Connection &to)
{
    from.query("name, seq FROM sqlite_sequence", {"rowid"}, [&](const db::Row &row) {
        if (!to.failed())
            to.run("UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1", row.values);
    });
}

// Sorted once at the end instead of updated row by row.
QByteArrayList takeIndexes(db::Connection &db)
{
    QByteArrayList made;
    QByteArrayList names;
    {
        db::Statement row =
            db.query("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
        while (row.step()) {
            names.append(row.blob(0));
            made.append(row.blob(1));
        }
    }
    for (const QByteArray &name : names)
        db.script("DROP INDEX " + name);
    return made;
}

// A damaged row may duplicate another's key.
void makeUnique(db::Connection &db)
{
    db.script(R"(
        UPDATE camera SET key = NULL
        WHERE key IS NOT NULL
            AND id NOT IN (SELECT min(id) FROM camera WHERE key IS NOT NULL GROUP BY account, key);
        UPDATE camera SET name = name || ' #' || id
        WHERE merged_into IS NULL AND removed = 0 AND id NOT IN (SELECT min(id) FROM camera
            WHERE merged_into IS NULL AND removed = 0 GROUP BY name COLLATE NOCASE);)");
}

} // namespace

Result<QVector<SalvagedTable>> copyReadable(db::DamagedDatabase &from, db::Connection &to)
{
    db::Transaction transaction(to, db::Transaction::Write);
    const QByteArrayList indexes = takeIndexes(to);
    to.script("DELETE FROM meta"); // rows that a new catalog starts with
    std::vector<Copy> copies;
    for (const Table &table : allTables()) {
        Copy copy(table, to);
        if (copy.exists())
            copies.push_back(std::move(copy));
    }
    for (Copy &copy : copies)
        copy.bySql(from);
    // An overwritten page may end a table early without SQL noticing.
    bool allPages = true;
    if (!from.isStructureSound()) {
        allPages = from.pages([&](const db::Row &row) {
            if (!row.values.isEmpty())
                std::any_of(copies.begin(), copies.end(), [&](Copy &copy) { return copy.takeFromPage(row); });
        });
    }
    for (Copy &copy : copies) {
        if (!from.isStructureSound())
            copy.askIndexes(from);
        copy.removeInsane();
    }
    if (auto error = to.takeError())
        return tl::unexpected(*error);
    // Deletions after an older page was written still apply.
    to.script(R"(
        DELETE FROM item WHERE id IN (SELECT item FROM deletion);
        DELETE FROM item_detail WHERE id IN (SELECT item FROM deletion);)");
    QVector<SalvagedTable> out;
    for (Copy &copy : copies) {
        out.append(copy.report(allPages));
        copy.addRemnants(from);
        copy.removeInsane();
    }
    copySequences(from, to);
    makeUnique(to);
    for (const QByteArray &index : indexes)
        to.script(index);
    if (auto done = transaction.commit(); !done)
        return tl::unexpected(done.error());
    return out;
}

} // namespace gatehouse::catalog
