#include "archive/journal.h"

#include "base/iso_time.h"
#include "base/limits.h"
#include "base/messages.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace gatehouse::archive
{

namespace
{

const QLatin1String addKey("add");
const QLatin1String removeKey("remove");
const QLatin1String renameKey("rename");

QJsonObject toJson(const JournalAdd &add)
{
    const Placement &p = add.placement;
    QJsonObject json{{addKey, p.item.value},
                     {QLatin1String("account"), p.account},
                     {QLatin1String("camera"), p.cameraFolder},
                     {QLatin1String("source"), p.sourcePath},
                     {QLatin1String("received"), toIsoUtc(p.received)},
                     {QLatin1String("bytes"), add.bytes},
                     {QLatin1String("sha256"), QString::fromLatin1(add.sha256.toHex())},
                     {QLatin1String("path"), add.relativePath},
                     {QLatin1String("peer"), p.peer},
                     {QLatin1String("cut"), p.cut}};
    if (p.modified)
        json.insert(QLatin1String("modified"), toIsoUtc(*p.modified));
    if (!add.restored.isEmpty())
        json.insert(QLatin1String("restored"), add.restored);
    return json;
}

QJsonObject toJson(const JournalRemove &remove)
{
    QJsonObject json{{removeKey, remove.item.value},
                     {QLatin1String("path"), remove.relativePath},
                     {QLatin1String("reason"), remove.reason},
                     {QLatin1String("at"), toIsoUtc(remove.at)}};
    if (remove.duration)
        json.insert(QLatin1String("duration"), *remove.duration);
    return json;
}

QJsonObject toJson(const JournalRename &rename)
{
    return {{renameKey, rename.item.value},
            {QLatin1String("source"), rename.sourcePath},
            {QLatin1String("at"), toIsoUtc(rename.at)}};
}

qint64 timeIn(const QJsonObject &json, QLatin1String key)
{
    return fromIso(json[key].toString(), QTimeZone::utc()).value_or(0);
}

std::optional<qint64> durationIn(const QJsonObject &json)
{
    const QJsonValue value = json[QLatin1String("duration")];
    if (!value.isDouble())
        return {};
    return qBound(qint64(0), value.toInteger(), limits::kMaxItemDuration);
}

JournalAdd addFrom(const QJsonObject &json)
{
    JournalAdd add;
    add.placement.item = ItemId{json[addKey].toInteger()};
    add.placement.account = json[QLatin1String("account")].toString();
    add.placement.cameraFolder = json[QLatin1String("camera")].toString();
    add.placement.sourcePath = json[QLatin1String("source")].toString();
    add.placement.received = timeIn(json, QLatin1String("received"));
    add.placement.peer = json[QLatin1String("peer")].toString();
    add.placement.cut = json[QLatin1String("cut")].toBool();
    if (json.contains(QLatin1String("modified")))
        add.placement.modified = timeIn(json, QLatin1String("modified"));
    add.relativePath = json[QLatin1String("path")].toString();
    add.bytes = json[QLatin1String("bytes")].toInteger();
    add.sha256 = QByteArray::fromHex(json[QLatin1String("sha256")].toString().toLatin1());
    add.restored = json[QLatin1String("restored")].toString();
    return add;
}

} // namespace

QByteArray toLine(const JournalEntry &entry)
{
    const QJsonObject json = std::visit([](const auto &one) { return toJson(one); }, entry);
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

Result<JournalEntry> fromLine(const QByteArray &line)
{
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    if (json.contains(addKey)) {
        JournalAdd add = addFrom(json);
        if (add.placement.item.isValid() && !add.relativePath.isEmpty() && add.sha256.size() == 32)
            return add;
    } else if (json.contains(removeKey)) {
        return JournalRemove{ItemId{json[removeKey].toInteger()}, json[QLatin1String("path")].toString(),
                             json[QLatin1String("reason")].toString(), timeIn(json, QLatin1String("at")),
                             durationIn(json)};
    } else if (json.contains(renameKey)) {
        return JournalRename{ItemId{json[renameKey].toInteger()}, json[QLatin1String("source")].toString(),
                             timeIn(json, QLatin1String("at"))};
    }
    return fail(ErrorKind::Invalid, QString::fromUtf8(line.left(80)), QStringLiteral("journal"));
}

ItemId itemInLine(QByteArrayView line)
{
    // Quotation marks inside values are escaped, so this matches only keys.
    for (const QByteArrayView key : {"\"add\":", "\"remove\":", "\"rename\":"}) {
        const qsizetype at = line.indexOf(key);
        if (at < 0)
            continue;
        const qsizetype begin = at + key.size();
        qsizetype end = begin;
        while (end < line.size() && line[end] >= '0' && line[end] <= '9')
            ++end;
        return ItemId{line.sliced(begin, end - begin).toByteArray().toLongLong()};
    }
    return {};
}

JournalWriter::JournalWriter(FileSystem &files, const Clock &clock, QString folder, int number,
                             JournalsInUse &inUse)
    : m_files(files), m_clock(clock), m_folder(std::move(folder)), m_number(number), m_inUse(inUse)
{
}

void JournalWriter::use(const QString &path)
{
    if (path == m_path)
        return;
    const std::scoped_lock lock(m_inUse.mutex);
    m_inUse.paths.remove(m_path);
    m_inUse.paths.insert(path);
    m_path = path;
}

Result<void> JournalWriter::append(const QByteArray &lines)
{
    const QString path = QStringLiteral("%1/%2-%3.jsonl")
                             .arg(m_folder, toIsoUtc(m_clock.now()).left(7), QString::number(m_number));
    use(path);
    const auto before = m_files.stat(path);
    // The length must be known: a failed write is truncated to it.
    if (!before && before.error().kind != ErrorKind::NotFound)
        return tl::unexpected(before.error());
    if (before && before->isFolder)
        return fail(ErrorKind::Unavailable,
                    Messages::tr("%1 is a folder, but should be a file. Move it away.").arg(path),
                    QStringLiteral("journal"));
    const bool isSound = path == m_sound && before;
    m_sound.clear();
    QByteArray whole = lines;
    if (!isSound && before && before->bytes > 0) {
        // A crash may have torn the last line: start a new one.
        const auto last = m_files.read(path, before->bytes - 1, 1);
        if (!last)
            return tl::unexpected(last.error());
        if (*last != "\n")
            whole.prepend('\n');
    }
    const auto fd = m_files.openAppend(path);
    if (!fd)
        return tl::unexpected(fd.error());
    auto written = m_files.write(*fd, whole).and_then([&] { return m_files.sync(*fd); });
    if (written && !isSound)
        written = m_files.syncFolder(m_folder);
    // Lines of discarded files would mislead a repair.
    if (!written)
        static_cast<void>(m_files.truncate(*fd, before ? before->bytes : 0));
    m_files.close(*fd);
    if (written)
        m_sound = path;
    return written;
}

} // namespace gatehouse::archive
