// The rows of one database page, parsed according to https://www.sqlite.org/fileformat2.html without trusting
// anything: skips whatever is inconsistent. Pure.
#pragma once

#include "db/row.h"

#include <functional>

namespace gatehouse::db
{

struct PageSource {
    int pageSize = 0;
    quint32 count = 0;
    std::function<QByteArray(quint32 page)> page; // from 1; empty: unreadable
};

// Only leaf pages of rowid tables contain rows. False: rows may be missing, because the page is not an intact
// table or index page.
bool readPage(const PageSource &source, quint32 page, const std::function<void(const Row &)> &row);

} // namespace gatehouse::db
