#include "media/picture/heif_file.h"

#include <QtEndian>
#include <algorithm>
#include <map>
#include <vector>

namespace gatehouse::media
{

namespace
{

constexpr size_t kMaxItems = 1 << 16;
constexpr size_t kMaxReferences = 1 << 18;
constexpr qint64 kMaxExifBytes = 1 << 20;
constexpr int kDeepest = 4; // nesting of derived pictures; cameras use one grid of tiles

// Reads consecutive big-endian numbers; past the end they are 0.
class HeifNumbers
{
public:
    explicit HeifNumbers(QByteArrayView bytes) : m_bytes(bytes) {}

    quint64 take(int width)
    {
        quint64 out = 0;
        for (int i = 0; i < width && m_at < m_bytes.size(); ++i)
            out = out << 8 | uchar(m_bytes[m_at++]);
        return out;
    }
    void skip(qsizetype count) { m_at = std::min(m_bytes.size(), m_at + count); }
    [[nodiscard]] bool atEnd() const { return m_at >= m_bytes.size(); }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
};

// Calls `found` with the type and content of each consecutive box. False: one exceeds the bytes.
template<typename Found>
bool forEachBox(QByteArrayView bytes, const Found &found)
{
    constexpr int plainHead = 8;
    constexpr int longHead = 16;
    while (bytes.size() >= plainHead) {
        quint64 size = qFromBigEndian<quint32>(bytes.data());
        int head = plainHead;
        if (size == 1 && bytes.size() >= longHead) {
            size = qFromBigEndian<quint64>(bytes.data() + plainHead);
            head = longHead;
        } else if (size == 0) {
            size = quint64(bytes.size());
        }
        if (size < quint64(head))
            return true; // not a box: appended data
        const bool isCut = size > quint64(bytes.size());
        const QByteArrayView box = isCut ? bytes : bytes.first(qsizetype(size));
        found(box.sliced(4, 4), box.sliced(std::min<qsizetype>(head, box.size())));
        if (isCut)
            return false;
        bytes = bytes.sliced(box.size());
    }
    return true;
}

struct HeifItem {
    ShownSize size;             // as claimed; 0: not said
    std::vector<quint32> parts; // items it is composed of
    qint64 at = 0;              // of its data, if that lies in the file
    qint64 length = 0;
};

class HeifReader
{
public:
    explicit HeifReader(QByteArrayView file) : m_file(file) {}

    void readMeta(QByteArrayView content)
    {
        constexpr int versionAndFlags = 4;
        const QByteArrayView boxes = content.sliced(std::min<qsizetype>(versionAndFlags, content.size()));
        const bool isWhole = forEachBox(boxes, [this](QByteArrayView type, QByteArrayView inner) {
            HeifNumbers numbers(inner);
            const auto version = int(numbers.take(1));
            numbers.skip(3);
            if (type == "pitm")
                m_primary = quint32(numbers.take(version == 0 ? 2 : 4));
            else if (type == "iloc")
                readPlaces(numbers, version);
            else if (type == "iinf")
                readTypes(inner.sliced(std::min<qsizetype>(version == 0 ? 6 : 8, inner.size())));
            else if (type == "iref")
                readReferences(inner.sliced(std::min<qsizetype>(4, inner.size())), version == 0 ? 2 : 4);
            else if (type == "iprp")
                forEachBox(inner, [this](QByteArrayView kind, QByteArrayView list) {
                    if (kind == "ipco")
                        readProperties(list);
                    else if (kind == "ipma")
                        readOwners(HeifNumbers(list));
                });
        });
        m_isWhole = m_isWhole && isWhole;
    }

    void describe(PictureOutline &out) const
    {
        const auto primary = m_items.find(m_primary);
        if (primary == m_items.end())
            return;
        out.width = primary->second.size.width;
        out.height = primary->second.size.height;
        // A pixel of these costs as much as one in this many scans of a JPEG.
        constexpr qint64 weight = 5;
        qint64 points = pointsOf(m_primary, kDeepest);
        for (const auto &[owner, addition] : m_additions) {
            if (owner == m_primary && points < kMaxPicturePoints)
                points += pointsOf(addition, kDeepest);
        }
        out.points = points * weight;
        out.exif = exif();
    }

    [[nodiscard]] bool isWhole() const { return m_isWhole; }

private:
    static constexpr qint64 kMaxPicturePoints = qint64(1) << 31; // larger counts are capped

    HeifItem *item(quint32 id)
    {
        if (m_items.size() >= kMaxItems && m_items.count(id) == 0)
            return nullptr;
        return &m_items[id];
    }

    void readPlaces(HeifNumbers numbers, int version)
    {
        const auto sizes = int(numbers.take(2));
        const int offsetBytes = sizes >> 12;
        const int lengthBytes = sizes >> 8 & 15;
        const int baseBytes = sizes >> 4 & 15;
        const int indexBytes = version == 0 ? 0 : sizes & 15;
        const int partBytes = offsetBytes + lengthBytes + indexBytes;
        for (auto left = numbers.take(version < 2 ? 2 : 4); left > 0 && !numbers.atEnd(); --left) {
            const auto id = quint32(numbers.take(version < 2 ? 2 : 4));
            const bool isInFile = version == 0 || (numbers.take(2) & 15) == 0;
            const bool isHere = numbers.take(2) == 0;
            const quint64 base = numbers.take(baseBytes);
            auto parts = numbers.take(2);
            for (bool isFirst = true; parts > 0 && (partBytes > 0 || isFirst); --parts) {
                numbers.skip(indexBytes);
                const quint64 from = base + numbers.take(offsetBytes);
                const quint64 length = numbers.take(lengthBytes);
                if (isInFile && isHere)
                    notePlace(id, from, length, isFirst);
                isFirst = false;
                if (numbers.atEnd())
                    break;
            }
        }
    }

    void notePlace(quint32 id, quint64 from, quint64 length, bool isFirst)
    {
        const auto bytes = quint64(m_file.size());
        if (from > bytes || length > bytes - from) {
            m_isWhole = false;
            return;
        }
        if (HeifItem *found = isFirst ? item(id) : nullptr) {
            found->at = qint64(from);
            found->length = qint64(length != 0 ? length : bytes - from);
        }
    }

    void readTypes(QByteArrayView list)
    {
        forEachBox(list, [this](QByteArrayView type, QByteArrayView inner) {
            const int version = inner.isEmpty() ? 0 : inner[0];
            const int idBytes = version == 2 ? 2 : 4;
            const qsizetype nameAt = 4 + idBytes + 2;
            if (type != "infe" || version < 2 || inner.size() < nameAt + 4 || m_exif != 0)
                return;
            HeifNumbers numbers(inner.sliced(4));
            const auto id = quint32(numbers.take(idBytes));
            if (inner.sliced(nameAt, 4) == "Exif")
                m_exif = id;
        });
    }

    void readReferences(QByteArrayView list, int idBytes)
    {
        forEachBox(list, [this, idBytes](QByteArrayView type, QByteArrayView inner) {
            HeifNumbers numbers(inner);
            const auto from = quint32(numbers.take(idBytes));
            const bool isMadeOf = type == "dimg";
            const bool isAddition = type == "auxl"; // transparency and the like
            HeifItem *owner = isMadeOf ? item(from) : nullptr;
            for (auto left = numbers.take(2); left > 0 && !numbers.atEnd(); --left) {
                const auto to = quint32(numbers.take(idBytes));
                if (++m_references > kMaxReferences)
                    return;
                if (owner != nullptr)
                    owner->parts.push_back(to);
                else if (isAddition)
                    m_additions.emplace_back(to, from);
            }
        });
    }

    void readProperties(QByteArrayView list)
    {
        forEachBox(list, [this](QByteArrayView type, QByteArrayView inner) {
            if (m_properties.size() >= kMaxItems)
                return;
            ShownSize size;
            if (type == "ispe") {
                HeifNumbers numbers(inner);
                numbers.skip(4);
                size.width = int(std::min<quint64>(numbers.take(4), INT32_MAX));
                size.height = int(std::min<quint64>(numbers.take(4), INT32_MAX));
            }
            m_properties.push_back(size);
        });
    }

    void readOwners(HeifNumbers numbers)
    {
        const auto versionAndFlags = numbers.take(4);
        const int idBytes = versionAndFlags >> 24 == 0 ? 2 : 4;
        const int indexBytes = (versionAndFlags & 1) == 0 ? 1 : 2;
        const quint64 indexMask = indexBytes == 1 ? 0x7F : 0x7FFF;
        for (auto left = numbers.take(4); left > 0 && !numbers.atEnd(); --left) {
            HeifItem *owner = item(quint32(numbers.take(idBytes)));
            for (auto count = numbers.take(1); count > 0; --count) {
                const quint64 index = numbers.take(indexBytes) & indexMask; // 1-based
                const bool isSize = index > 0 && index <= m_properties.size() &&
                                    m_properties[index - 1].width > 0 && m_properties[index - 1].height > 0;
                if (owner != nullptr && isSize)
                    owner->size = m_properties[index - 1];
            }
        }
    }

    // Minimum number of pixels to decode in total.
    [[nodiscard]] qint64 pointsOf(quint32 id, int depth) const
    {
        constexpr qint64 minOfOne = 64 * 64; // decoder setup costs, too
        const auto found = m_items.find(id);
        if (found == m_items.end())
            return minOfOne;
        const HeifItem &of = found->second;
        if (of.parts.empty())
            return std::clamp(qint64(of.size.width) * of.size.height, minOfOne, kMaxPicturePoints);
        if (depth == 0)
            return kMaxPicturePoints;
        qint64 points = 0;
        for (const quint32 part : of.parts) {
            points += pointsOf(part, depth - 1);
            if (points >= kMaxPicturePoints)
                break;
        }
        return std::min(points, kMaxPicturePoints);
    }

    [[nodiscard]] Exif exif() const
    {
        const auto found = m_items.find(m_exif);
        if (m_exif == 0 || found == m_items.end() || found->second.length < 8)
            return {};
        const QByteArrayView data =
            m_file.sliced(found->second.at, std::min(found->second.length, kMaxExifBytes));
        // A prefix gives the number of bytes to skip.
        const qint64 skipped = 4 + qint64(qFromBigEndian<quint32>(data.data()));
        if (skipped >= data.size())
            return {};
        Exif out = readExif(QByteArray("Exif\0\0", 6) + data.sliced(skipped).toByteArray());
        out.orientation = {};
        return out;
    }

    QByteArrayView m_file;
    std::map<quint32, HeifItem> m_items;
    std::vector<std::pair<quint32, quint32>> m_additions; // owner, addition
    std::vector<ShownSize> m_properties;                  // sizes; other properties are empty
    size_t m_references = 0;
    quint32 m_primary = 0;
    quint32 m_exif = 0;
    bool m_isWhole = true;
};

} // namespace

std::optional<PictureFormat> heifFormat(QByteArrayView head)
{
    if (head.size() < 12 || head.sliced(4, 4) != "ftyp")
        return std::nullopt;
    const auto isAv1 = [](QByteArrayView brand) { return brand == "avif" || brand == "avis"; };
    const QByteArrayView brand = head.sliced(8, 4);
    if (isAv1(brand))
        return PictureFormat::Avif;
    const bool isAnyCodec = brand == "mif1" || brand == "msf1";
    const auto end = std::min<qint64>(head.size(), qFromBigEndian<quint32>(head.data()));
    for (qsizetype at = 16; isAnyCodec && at + 4 <= end; at += 4) {
        if (isAv1(head.sliced(at, 4)))
            return PictureFormat::Avif;
    }
    for (const char *heic : {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"}) {
        if (brand == heic)
            return PictureFormat::Heic;
    }
    return std::nullopt;
}

PictureOutline outlineOfHeif(QByteArrayView bytes, PictureFormat format)
{
    PictureOutline out;
    out.format = format;
    out.length = bytes.size();
    HeifReader reader(bytes);
    bool hasMeta = false;
    const bool isWhole = forEachBox(bytes, [&](QByteArrayView type, QByteArrayView content) {
        if (type == "meta" && !std::exchange(hasMeta, true))
            reader.readMeta(content);
        out.isAnimated = out.isAnimated || type == "moov";
    });
    out.isWhole = isWhole && hasMeta && reader.isWhole();
    reader.describe(out);
    return out;
}

} // namespace gatehouse::media
