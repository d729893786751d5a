#include "db/page_rows.h"

#include <QtEndian>
#include <bit>
#include <optional>

namespace gatehouse::db
{

namespace
{

constexpr quint8 kIndexInside = 0x02;
constexpr quint8 kTableInside = 0x05;
constexpr quint8 kIndexLeaf = 0x0a;
constexpr quint8 kTableLeaf = 0x0d;
constexpr int kLeafHeader = 8;
constexpr int kInsideHeader = 12;            // ends with the last child
constexpr int kFileHeader = 100;             // only on the first page
constexpr qint64 kMaxRecordBytes = 16 << 20; // far above any of ours
constexpr int kMaxColumns = 200;

class Bytes
{
public:
    explicit Bytes(QByteArray bytes) : m_bytes(std::move(bytes)) {}

    [[nodiscard]] qsizetype at() const { return m_at; }
    void seek(qsizetype at) { m_at = at; }

    std::optional<quint64> varint()
    {
        quint64 value = 0;
        for (int i = 0; i < 9; ++i) {
            if (m_at >= m_bytes.size())
                return std::nullopt;
            const auto byte = quint8(m_bytes[m_at++]);
            if (i == 8)
                return (value << 8) | byte;
            value = (value << 7) | (byte & 0x7f);
            if (!(byte & 0x80))
                return value;
        }
        return std::nullopt;
    }

    std::optional<QByteArray> take(qint64 count)
    {
        if (count < 0 || count > m_bytes.size() - m_at)
            return std::nullopt;
        const QByteArray out = m_bytes.mid(m_at, count);
        m_at += count;
        return out;
    }

private:
    QByteArray m_bytes;
    qsizetype m_at = 0;
};

qint64 signedNumber(const QByteArray &bytes)
{
    quint64 value = quint8(bytes[0]) & 0x80 ? ~quint64(0) : 0;
    for (const char byte : bytes)
        value = (value << 8) | quint8(byte);
    return qint64(value);
}

std::optional<Value> valueOf(quint64 type, Bytes &body)
{
    static constexpr int kNumberBytes[] = {0, 1, 2, 3, 4, 6, 8, 8};
    if (type == 0)
        return Value();
    if (type == 8 || type == 9)
        return Value(qint64(type) - 8);
    if (type == 10 || type == 11)
        return std::nullopt; // reserved
    const qint64 size = type < 8 ? kNumberBytes[type] : qint64((type - 12) / 2);
    const auto bytes = body.take(size);
    if (!bytes)
        return std::nullopt;
    if (type < 7)
        return Value(signedNumber(*bytes));
    if (type == 7)
        return Value(std::bit_cast<double>(qFromBigEndian<quint64>(bytes->constData())));
    return type % 2 == 0 ? Value(*bytes) : Value(QString::fromUtf8(*bytes));
}

std::optional<QVector<Value>> valuesOf(const QByteArray &record)
{
    Bytes header(record);
    const auto headerSize = header.varint();
    if (!headerSize || *headerSize > quint64(record.size()))
        return std::nullopt;
    Bytes body(record);
    body.seek(qsizetype(*headerSize));
    QVector<Value> out;
    while (header.at() < qsizetype(*headerSize)) {
        const auto type = header.varint();
        const auto value = type && out.size() < kMaxColumns ? valueOf(*type, body) : std::nullopt;
        if (!value)
            return std::nullopt;
        out.append(*value);
    }
    return header.at() == qsizetype(*headerSize) ? std::optional(out) : std::nullopt;
}

class Page
{
public:
    Page(const PageSource &source, quint32 page) : m_source(source), m_bytes(source.page(page))
    {
        m_header = page == 1 ? kFileHeader : 0;
    }

    bool read(const std::function<void(const Row &)> &row) const
    {
        if (m_bytes.size() != m_source.pageSize)
            return false;
        switch (quint8(m_bytes[m_header])) {
        case kTableLeaf:
            return eachCell(kLeafHeader, [&](int at) {
                const auto found = cell(at);
                if (found)
                    row(*found);
                return found.has_value();
            });
        case kIndexLeaf:
            return eachCell(kLeafHeader, [](int) { return true; });
        case kTableInside:
        case kIndexInside:
            return eachCell(kInsideHeader, [&](int at) { return isChild(at); }) &&
                   isChild(m_header + kLeafHeader);
        default:
            return false;
        }
    }

private:
    // False: at least one is not as expected.
    template<typename Look>
    [[nodiscard]] bool eachCell(int headerSize, Look look) const
    {
        bool all = true;
        const int cells = number16(m_header + 3);
        for (int i = 0; i < cells; ++i) {
            const qsizetype pointer = m_header + headerSize + qsizetype(2) * i;
            if (pointer + 2 > m_bytes.size())
                return false;
            all = look(number16(pointer)) && all;
        }
        return all;
    }

    [[nodiscard]] bool isChild(qsizetype at) const
    {
        if (at + 4 > m_bytes.size())
            return false;
        const quint32 child = qFromBigEndian<quint32>(m_bytes.constData() + at);
        return child > 1 && child <= m_source.count;
    }

    [[nodiscard]] int number16(qsizetype at) const
    {
        return qFromBigEndian<quint16>(m_bytes.constData() + at);
    }

    // SQLite 3 file format, 1.6: how much of a record is in its page; the rest is in a chain.
    [[nodiscard]] qint64 localPart(qint64 size) const
    {
        const qint64 usable = m_source.pageSize;
        const qint64 most = usable - 35;
        if (size <= most)
            return size;
        const qint64 least = (usable - 12) * 32 / 255 - 23;
        const qint64 wanted = least + (size - least) % (usable - 4);
        return wanted <= most ? wanted : least;
    }

    std::optional<Row> cell(int at) const
    {
        Bytes bytes(m_bytes);
        bytes.seek(at);
        const auto size = bytes.varint();
        const auto rowid = size ? bytes.varint() : std::nullopt;
        if (!rowid || *size > quint64(kMaxRecordBytes))
            return std::nullopt;
        auto record = bytes.take(localPart(qint64(*size)));
        if (record && record->size() < qint64(*size)) {
            const auto next = bytes.take(4);
            record = next ? withChain(*record, qFromBigEndian<quint32>(next->constData()), qint64(*size))
                          : std::nullopt;
        }
        const auto values = record ? valuesOf(*record) : std::nullopt;
        return values ? std::optional(Row{qint64(*rowid), *values}) : std::nullopt;
    }

    std::optional<QByteArray> withChain(QByteArray record, quint32 page, qint64 size) const
    {
        while (record.size() < size) {
            const QByteArray more = page == 0 ? QByteArray() : m_source.page(page);
            if (more.size() != m_source.pageSize)
                return std::nullopt;
            page = qFromBigEndian<quint32>(more.constData());
            record += more.mid(4, size - record.size());
        }
        return record;
    }

    const PageSource &m_source;
    const QByteArray m_bytes;
    qsizetype m_header = 0;
};

} // namespace

bool readPage(const PageSource &source, quint32 page, const std::function<void(const Row &)> &row)
{
    return Page(source, page).read(row);
}

} // namespace gatehouse::db
