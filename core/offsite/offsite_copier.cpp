#include "offsite/offsite_copier.h"

#include "base/when_done.h"
#include "offsite/copier_private.h"
#include "offsite/object_key.h"

#include <QRandomGenerator>

namespace gatehouse::offsite
{

namespace
{

constexpr int kGatherChanges = 50;                 // ms
constexpr qint64 kFirstWait = 1'000;               // ms, after an object's first failure
constexpr qint64 kLongestWait = 60'000;            // ms; for longer troubles there is the breaker
constexpr qint64 kImplausibleWait = 2 * 3'600'000; // ms

// The same text where the same client would do; never shown or stored.
QString identityOf(const s3::ClientOptions &options)
{
    const s3::TransportOptions &transport = options.transport;
    return QStringList{options.profile.id,
                       options.address.endpoint,
                       options.address.region,
                       options.address.account,
                       options.address.bucket,
                       QString::fromUtf8(options.credentials.accessKey),
                       QString::fromUtf8(options.credentials.secretKey),
                       transport.proxy,
                       transport.caFile,
                       QString::number(transport.connectTimeout),
                       QString::number(transport.stallTimeout),
                       QString::number(transport.maxTransfers)}
        .join(QChar(0));
}

} // namespace

OffsiteCopier::Private::Private(OffsiteCopier &copier, catalog::Writer &writer, Surroundings surroundings,
                                const Clock &clock)
    : q(copier), m_writer(writer), m_surroundings(std::move(surroundings)), m_clock(clock),
      m_breaker(QRandomGenerator::global()->generate()),
      m_backOff(kFirstWait, kLongestWait, QRandomGenerator::global()->generate())
{
    m_writer.addParticipant(outboxParticipant(m_policy));
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &Private::pump);
    m_changedTimer.setSingleShot(true);
    m_changedTimer.setInterval(kGatherChanges);
    connect(&m_changedTimer, &QTimer::timeout, this, &Private::lookAgain);
    m_countTimer.setSingleShot(true);
    connect(&m_countTimer, &QTimer::timeout, this, &Private::count);
    catalog::Changes &changes = m_writer.changes();
    connect(&changes, &catalog::Changes::itemsAdded, this, [this] {
        pump();
        touch();
    });
    connect(&changes, &catalog::Changes::itemsChanged, this, &Private::onItemsChanged);
    connect(&changes, &catalog::Changes::itemsRemoved, this, [this] { touch(); });
}

OffsiteCopier::Private::~Private()
{
    stop();
}

Result<void> OffsiteCopier::Private::apply(const Options &next)
{
    std::unique_ptr<s3::Client> client;
    QString root;
    QString identity;
    if (next.isSet) {
        const auto made = rootOf(next.prefix, next.site);
        if (!made)
            return tl::unexpected(made.error());
        root = *made;
        identity = identityOf(next.client);
        if (identity != m_identity) {
            auto opened = s3::Client::open(next.client, m_clock);
            if (!opened)
                return tl::unexpected(opened.error());
            client = std::move(*opened);
        }
    }
    const bool wasRunning = m_isRunning;
    if (client || !next.isSet || root != m_root) {
        stop();
        m_isTidy = false;
        m_isUserTold = false;
        m_failure.reset();
    }
    if (client || !next.isSet)
        m_client = std::move(client);
    m_options = next;
    m_root = root;
    m_identity = identity;
    m_policy->set(next);
    if (m_client)
        m_client->setUploadLimit(next.uploadLimit);
    setTarget();
    if (next.isPaused)
        m_running.clear(); // goes on with its parts
    if (wasRunning)
        start();
    touch();
    return {};
}

void OffsiteCopier::Private::start()
{
    m_isRunning = true;
    m_breaker.reset();
    m_quietUntil = 0;
    const qint64 implausible = m_clock.now() + kImplausibleWait;
    m_writer.submit(ShortenWaits{implausible, implausible});
    m_writer.submit(RetryFailed{}); // a new version may know better
    pump();
    touch();
}

void OffsiteCopier::Private::stop()
{
    m_isRunning = false;
    m_wake.stop();
    m_making.clear();
    m_ready.clear();
    m_stale.reset();
    m_running.clear();
    touch();
}

void OffsiteCopier::Private::tryNow()
{
    m_breaker.reset();
    const qint64 now = m_clock.now();
    whenDone(m_writer.submit(ShortenWaits{now, now + kImplausibleWait}), this,
             [this](const Result<void> &) { pump(); });
}

void OffsiteCopier::Private::retryFailed()
{
    whenDone(m_writer.submit(RetryFailed{}), this, [this](const Result<void> &) {
        pump();
        touch();
    });
}

OffsiteCopier::OffsiteCopier(catalog::Writer &writer, Surroundings surroundings, const Clock &clock,
                             QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this, writer, std::move(surroundings), clock))
{
}

OffsiteCopier::~OffsiteCopier() = default;

Result<void> OffsiteCopier::apply(const Options &options)
{
    return d->apply(options);
}

void OffsiteCopier::start()
{
    d->start();
}

void OffsiteCopier::stop()
{
    d->stop();
}

void OffsiteCopier::tryNow()
{
    d->tryNow();
}

void OffsiteCopier::retryFailed()
{
    d->retryFailed();
}

Status OffsiteCopier::status() const
{
    return d->status();
}

} // namespace gatehouse::offsite
