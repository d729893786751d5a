// Transaction: all or nothing, rolled back unless committed. Savepoint: the same inside a transaction. Both
// take the connection's pending error: after a failed statement, commit() and release() fail. Same thread as
// the connection.
#pragma once

#include "db/connection.h"

namespace gatehouse::db
{

class Transaction
{
public:
    enum Mode { Read, Write };
    Transaction(Connection &connection, Mode mode);
    ~Transaction();
    Q_DISABLE_COPY_MOVE(Transaction)

    Result<void> commit();

private:
    Connection &m_connection;
    bool m_open = true;
};

class Savepoint
{
public:
    explicit Savepoint(Connection &connection);
    ~Savepoint();
    Q_DISABLE_COPY_MOVE(Savepoint)

    Result<void> release();

private:
    Connection &m_connection;
    bool m_open = true;
};

} // namespace gatehouse::db
