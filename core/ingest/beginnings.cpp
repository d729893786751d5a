#include "ingest/beginnings.h"

#include "archive/hasher.h"
#include "base/futures.h"
#include "base/when_done.h"

namespace gatehouse::ingest
{

namespace
{

constexpr qint64 kStep = qint64(1) << 20;

using Pair = std::pair<std::optional<catalog::Item>, std::optional<catalog::Item>>;

// Empty: it could not be read to there.
QByteArray hashOfBeginning(Files &files, const QString &path, qint64 bytes, const std::atomic_bool &ending)
{
    archive::Hasher hasher;
    for (qint64 done = 0; done < bytes;) {
        const auto portion = files.read(path, done, std::min(kStep, bytes - done));
        if (!portion || portion->isEmpty() || ending)
            return {};
        hasher.add(*portion);
        done += portion->size();
    }
    return hasher.current();
}

} // namespace

Beginnings::Beginnings(catalog::Writer &writer, catalog::ReaderPool &readers, Files &files, QObject *parent)
    : QObject(parent), m_writer(writer), m_readers(readers), m_files(files)
{
    m_thread.setMaxThreadCount(1);
    connect(&m_writer.changes(), &catalog::Changes::beginningsFound, this, &Beginnings::compare);
}

Beginnings::~Beginnings()
{
    m_ending = true;
    m_thread.waitForDone();
}

void Beginnings::resume()
{
    const auto asked = m_readers.ask([](catalog::Reader &reader) { return reader.beginnings(); });
    whenDone(asked, this, [this](const Result<QVector<catalog::Beginning>> &pairs) {
        if (pairs)
            compare(*pairs);
    });
}

void Beginnings::compare(const QVector<catalog::Beginning> &pairs)
{
    for (const catalog::Beginning &pair : pairs) {
        const auto asked = m_readers.ask([pair](catalog::Reader &reader) -> Result<Pair> {
            const auto item = reader.item(pair.item);
            const auto whole = reader.item(pair.whole);
            if (!item || !whole)
                return tl::unexpected(item ? whole.error() : item.error());
            return Pair(*item, *whole);
        });
        whenDone(asked, this, [this, pair](const Result<Pair> &items) {
            if (items && items->first && items->second)
                read(pair, *items->first, *items->second);
        });
    }
}

void Beginnings::read(const catalog::Beginning &pair, const catalog::Item &item, const catalog::Item &whole)
{
    const Answer<bool> answer;
    whenDone(answer.future(), this, [this, pair](bool isBeginning) {
        if (isBeginning)
            m_writer.giveWay(pair);
    });
    m_thread.start([this, answer, path = whole.path, bytes = item.bytes, sha256 = item.sha256] {
        answer.resolve(hashOfBeginning(m_files, path, bytes, m_ending) == sha256);
    });
}

} // namespace gatehouse::ingest
