// Formats entries for LIST (like /bin/ls, which every client can parse), NLST, MLSD and MLST (RFC 3659 7),
// and times for MDTM and MFMT. All times are UTC.
#pragma once

#include "ftp/backend.h"

#include <optional>

namespace gatehouse::ftp
{

enum class ListingStyle { Long, Names, Facts };

struct FactChoice { // OPTS MLST
    bool type = true;
    bool size = true;
    bool modify = true;
};

// One line with its CRLF. `now` decides whether a long line shows the time or the year.
void appendEntry(QByteArray &out, const Entry &entry, ListingStyle style, qint64 now, FactChoice facts = {});
// "type=file;size=12;modify=20240308152954; /a/b.jpg" without a line end.
QByteArray factLine(const Entry &entry, const QByteArray &name, FactChoice facts);

// RFC 3659 2.3: YYYYMMDDHHMMSS. Fractions are parsed but never written: old clients choke on them.
QByteArray timeValue(qint64 utcMs);
std::optional<qint64> fromTimeValue(const QByteArray &text);

} // namespace gatehouse::ftp
