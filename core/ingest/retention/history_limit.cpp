#include "ingest/retention/history_limit.h"

#include "base/iso_time.h"
#include "base/when_done.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/meta.h"

#include <QLoggingCategory>
#include <chrono>

namespace gatehouse::ingest
{

namespace
{

Q_LOGGING_CATEGORY(lcHistory, "gatehouse.history")

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kFirst = 10min;
constexpr std::chrono::milliseconds kEvery = 24h;
constexpr std::chrono::milliseconds kAgainAfter = 1h; // after a failure
constexpr std::chrono::milliseconds kBetween = 100ms; // between two transactions: uploads come first
constexpr int kRowsAtOnce = 500;                      // rows per transaction

// The journal is split by months, so there is something to drop once a month: "<archive> <month>".
QString compactedKey()
{
    return QStringLiteral("journal_compacted");
}

} // namespace

HistoryLimit::HistoryLimit(catalog::Writer &writer, archive::Archive &archive, TrustedClock &clock,
                           QObject *parent)
    : QObject(parent), m_writer(writer), m_archive(archive), m_clock(clock)
{
    m_next.setSingleShot(true);
    m_next.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_next, &QTimer::timeout, this, &HistoryLimit::look);
    m_next.start(kFirst);
}

HistoryLimit::~HistoryLimit()
{
    *m_isHeld = true;
}

void HistoryLimit::setHeld(bool isHeld)
{
    *m_isHeld = isHeld;
}

void HistoryLimit::look()
{
    if (m_isLooking)
        return;
    m_isLooking = true;
    const auto ready = m_archive.ready();
    const qint64 now = m_clock.ageNow();
    if (!ready || *m_isHeld || !m_clock.doubt().isEmpty())
        finish(fail(ErrorKind::Unavailable, {}));
    else
        forgetDeletions(now - kKeptMs);
}

void HistoryLimit::forgetDeletions(qint64 before)
{
    if (*m_isHeld) {
        finish(fail(ErrorKind::Unavailable, {}));
        return;
    }
    whenDone(m_writer.submit(catalog::ForgetDeletions{before, kRowsAtOnce}), this,
             [this, before](const Result<int> &gone) {
                 if (!gone)
                     finish(tl::unexpected(gone.error()));
                 else if (*gone == kRowsAtOnce)
                     QTimer::singleShot(kBetween, this, [this, before] { forgetDeletions(before); });
                 else
                     askForJournal(before);
             });
}

void HistoryLimit::askForJournal(qint64 before)
{
    const QString meta = m_archive.id() + QLatin1Char(' ') + toIsoUtc(before).left(7);
    whenDone(m_writer.submit(catalog::ReadMeta{compactedKey()}), this,
             [this, before, meta](const Result<QString> &known) {
                 if (!known)
                     finish(tl::unexpected(known.error()));
                 else if (*known == meta)
                     finish({});
                 else
                     compactJournal(before, meta);
             });
}

void HistoryLimit::compactJournal(qint64 before, const QString &meta)
{
    const auto compacted = m_archive.compactJournal(before, [isHeld = m_isHeld] { return !*isHeld; });
    whenDone(compacted, this, [this, meta](const Result<archive::Compacted> &done) {
        if (!done) {
            finish(tl::unexpected(done.error()));
            return;
        }
        if (done->lines > 0)
            qCInfo(lcHistory) << "dropped from the journal:" << done->lines << "lines," << done->bytes
                              << "bytes, in files:" << done->files;
        whenDone(m_writer.submit(catalog::SetMeta{compactedKey(), meta}), this,
                 [this](const Result<void> &noted) { finish(noted); });
    });
}

void HistoryLimit::finish(const Result<void> &done)
{
    if (!done && done.error().kind != ErrorKind::Unavailable && done.error().kind != ErrorKind::Cancelled)
        qCWarning(lcHistory).noquote() << done.error().text;
    m_isLooking = false;
    m_next.start(done ? kEvery : kAgainAfter);
    Q_EMIT looked();
}

} // namespace gatehouse::ingest
