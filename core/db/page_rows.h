// The rows of one page of a database, read as https://www.sqlite.org/fileformat2.html says, with
// nothing taken on trust: what does not hold is passed over. Pure.
#pragma once

#include "db/row.h"

#include <functional>

namespace gatehouse::db
{

struct PageSource {
    int pageSize = 0;
    quint32 count = 0;
    std::function<QByteArray(quint32 page)> page; // from 1; empty: cannot be read
};

// Only leaves of tables with rowids have any. False: rows may be missing, for the page is no sound one of a
// table or an index.
bool readPage(const PageSource &source, quint32 page, const std::function<void(const Row &)> &row);

} // namespace gatehouse::db
