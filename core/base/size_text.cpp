#include "base/size_text.h"

#include "base/messages.h"

#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

namespace gatehouse
{

namespace
{

QLocale localeOfFields()
{
    QLocale out;
    out.setNumberOptions(QLocale::OmitGroupSeparator | QLocale::RejectGroupSeparator);
    return out;
}

} // namespace

QString sizeText(qint64 bytes)
{
    constexpr double step = 1000;
    const std::array units = {Messages::tr("%1 B"),  Messages::tr("%1 kB"), Messages::tr("%1 MB"),
                              Messages::tr("%1 GB"), Messages::tr("%1 TB"), Messages::tr("%1 PB")};
    double value = double(std::max<qint64>(bytes, 0));
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < units.size()) { // would be written as 1000
        value /= step;
        ++unit;
    }
    const int decimals = unit > 0 && value < 9.95 ? 1 : 0; // 9.95 would be written as 10.0
    return units[unit].arg(QLocale().toString(value, 'f', decimals));
}

QString gbText(qint64 bytes)
{
    constexpr double perMb = 1000;
    const double gb = double(std::max<qint64>(bytes, 0)) / kBytesPerGb;
    return localeOfFields().toString(std::round(gb * perMb) / perMb, 'f', QLocale::FloatingPointShortest);
}

std::optional<double> gbFrom(const QString &text)
{
    bool isNumber = false;
    const double bytes = std::round(localeOfFields().toDouble(text, &isNumber) * kBytesPerGb);
    return isNumber && std::isfinite(bytes) ? std::optional(bytes) : std::nullopt;
}

} // namespace gatehouse
