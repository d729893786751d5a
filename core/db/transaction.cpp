#include "db/transaction.h"

namespace gatehouse::db
{

Transaction::Transaction(Connection &connection, Mode mode) : m_connection(connection)
{
    connection.run(mode == Write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction()
{
    if (!m_open || !m_connection.inTransaction())
        return;
    const auto earlier = m_connection.takeError();
    m_connection.run("ROLLBACK");
    m_connection.takeError(); // whatever is left is rolled back when the connection closes
}

Result<void> Transaction::commit()
{
    if (!m_connection.failed())
        m_connection.run("COMMIT");
    Result<void> result = m_connection.takeResult();
    if (result)
        m_open = false;
    return result;
}

Savepoint::Savepoint(Connection &connection) : m_connection(connection)
{
    connection.run("SAVEPOINT command");
}

Savepoint::~Savepoint()
{
    if (!m_open || !m_connection.inTransaction()) // a full disk may have ended the whole transaction
        return;
    m_connection.takeError();
    m_connection.run("ROLLBACK TO command");
    m_connection.run("RELEASE command");
}

Result<void> Savepoint::release()
{
    m_connection.run("RELEASE command");
    Result<void> result = m_connection.takeResult();
    if (result)
        m_open = false;
    return result;
}

} // namespace gatehouse::db
