#include "mutations.h"

#include <algorithm>
#include <array>

namespace gatehouse::tests
{

// Half of the damage hits the headers, which determine how the rest is read.
qsizetype Mutations::placeIn(const QByteArray &bytes)
{
    const qsizetype reach = m_random.bounded(2) == 0 ? std::min<qsizetype>(bytes.size(), 1024) : bytes.size();
    return m_random.bounded(int(reach));
}

void Mutations::change(QByteArray &bytes)
{
    static const std::array<QByteArray, 8> extremes{QByteArray::fromHex("00000000"),
                                                    QByteArray::fromHex("ffffffff"),
                                                    QByteArray::fromHex("7fffffff"),
                                                    QByteArray::fromHex("80000000"),
                                                    QByteArray::fromHex("7fffffffffffffff"),
                                                    QByteArray::fromHex("8000000000000000"),
                                                    QByteArray::fromHex("ffff"),
                                                    QByteArray::fromHex("0001")};
    const qsizetype at = placeIn(bytes);
    switch (m_random.bounded(8)) {
    case 0:
        bytes[at] = char(uchar(bytes[at]) ^ (1U << m_random.bounded(8)));
        break;
    case 1:
        bytes[at] = char(m_random.bounded(256));
        break;
    case 2: {
        const QByteArray &value = extremes[size_t(m_random.bounded(int(extremes.size())))];
        bytes.replace(at, std::min(value.size(), bytes.size() - at), value);
        break;
    }
    case 3:
        bytes.remove(at, 1 + m_random.bounded(64));
        break;
    case 4:
        bytes.insert(at, bytes.mid(placeIn(bytes), 1 + m_random.bounded(256)));
        break;
    case 5:
        bytes.truncate(std::max<qsizetype>(1, at));
        break;
    case 6: { // the middle of another file
        const QByteArray &other = m_seeds[m_random.bounded(int(m_seeds.size()))];
        bytes.replace(at, 64, other.mid(m_random.bounded(int(other.size())), 64 + m_random.bounded(512)));
        break;
    }
    default: // two ranges swap places: boxes, packets, chunks out of order
        bytes.insert(at, bytes.mid(placeIn(bytes), 188));
        bytes.remove(placeIn(bytes), 188);
        break;
    }
    if (bytes.isEmpty())
        bytes.append('\0');
}

QByteArray Mutations::next()
{
    QByteArray bytes = m_seeds[m_random.bounded(int(m_seeds.size()))];
    for (int i = 1 + m_random.bounded(6); i > 0; --i)
        change(bytes);
    return bytes;
}

} // namespace gatehouse::tests
