#include "catalog/operations/health_check.h"

#include "catalog/types/file_list.h"

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QThread>
#include <chrono>

namespace gatehouse::catalog
{

namespace
{

Q_LOGGING_CATEGORY(lcHealth, "gatehouse.catalog")

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kAfterStart = 2s;
constexpr std::chrono::milliseconds kEvery = 24h;
// While it reads, commits make the log grow.
constexpr std::chrono::milliseconds kAtMost = 5min;
constexpr std::chrono::milliseconds kAgainAfter = 1h; // if that was not enough

} // namespace

HealthCheck::HealthCheck(QString databasePath, QObject *parent)
    : QObject(parent), m_databasePath(std::move(databasePath))
{
    m_next.setSingleShot(true);
    m_next.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_next, &QTimer::timeout, this, &HealthCheck::look);
}

HealthCheck::~HealthCheck()
{
    m_stopping = true;
    if (m_looking) {
        m_looking->wait();
        delete m_looking;
    }
}

void HealthCheck::start()
{
    m_next.start(kAfterStart);
}

void HealthCheck::look()
{
    if (m_looking)
        return;
    m_looking = QThread::create([this] {
        QElapsedTimer since;
        since.start();
        const auto stop = [this, since] { return m_stopping || since.hasExpired(kAtMost.count()); };
        const auto list = FileList::open(m_databasePath);
        const Result<void> sound =
            list ? (*list)->verify(FileList::Verify::Pages, stop) : tl::unexpected(list.error());
        QMetaObject::invokeMethod(this, [this, sound] { finish(sound); });
    });
    m_looking->start(QThread::IdlePriority);
}

void HealthCheck::finish(const Result<void> &sound)
{
    m_looking->wait();
    delete std::exchange(m_looking, nullptr);
    const bool isKnown = sound || sound.error().kind == ErrorKind::Corrupt;
    m_next.start(isKnown ? kEvery : kAgainAfter);
    if (sound)
        return;
    qCWarning(lcHealth).noquote() << "integrity check:" << sound.error().text << sound.error().where;
    if (isKnown)
        Q_EMIT damageFound(sound.error().text);
}

} // namespace gatehouse::catalog
