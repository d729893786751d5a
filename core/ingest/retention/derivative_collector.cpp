#include "ingest/retention/derivative_collector.h"

#include "base/when_done.h"
#include "catalog/operations/derivatives.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <cerrno>
#include <unistd.h>

namespace gatehouse::ingest
{

namespace
{
Q_LOGGING_CATEGORY(lcDerivatives, "gatehouse.derivatives")

// A damaged catalog must not lead out of the cache folder.
bool isBelow(const QString &path)
{
    return !path.isEmpty() && QDir::isRelativePath(path) && QDir::cleanPath(path) == path &&
           path != QLatin1String("..") && !path.startsWith(QLatin1String("../"));
}

QVector<catalog::Derivative> unlinked(const QString &folder, const QVector<catalog::Derivative> &unwanted)
{
    QVector<catalog::Derivative> gone;
    for (const catalog::Derivative &derivative : unwanted) {
        const QByteArray file = QFile::encodeName(folder + QLatin1Char('/') + derivative.path);
        if (!isBelow(derivative.path) || ::unlink(file.constData()) == 0 || errno == ENOENT)
            gone.append(derivative);
    }
    if (gone.size() < unwanted.size())
        qCWarning(lcDerivatives) << unwanted.size() - gone.size()
                                 << "files of the cache could not be deleted";
    return gone;
}

} // namespace

DerivativeCollector::DerivativeCollector(catalog::Writer &writer, QString cacheFolder, QObject *parent)
    : QObject(parent), m_writer(writer), m_cacheFolder(std::move(cacheFolder))
{
    m_thread.setMaxThreadCount(1);
}

DerivativeCollector::~DerivativeCollector()
{
    m_thread.waitForDone();
}

void DerivativeCollector::collect()
{
    if (m_isRunning) {
        m_isWantedAgain = true;
        return;
    }
    m_isRunning = true;
    readOn({});
}

void DerivativeCollector::readOn(const catalog::Derivative &after)
{
    whenDone(m_writer.submit(catalog::ReadUnwantedDerivatives{after}), this,
             [this](const Result<QVector<catalog::Derivative>> &unwanted) {
                 if (unwanted && !unwanted->isEmpty())
                     remove(*unwanted);
                 else
                     finishRound();
             });
}

void DerivativeCollector::remove(const QVector<catalog::Derivative> &unwanted)
{
    m_thread.start([this, unwanted] {
        const auto gone = unlinked(m_cacheFolder, unwanted);
        QMetaObject::invokeMethod(
            this, [this, gone, last = unwanted.last()] { forget(gone, last); }, Qt::QueuedConnection);
    });
}

void DerivativeCollector::forget(const QVector<catalog::Derivative> &gone, const catalog::Derivative &last)
{
    whenDone(m_writer.submit(catalog::ForgetDerivatives{gone}), this,
             [this, last](const Result<void> &) { readOn(last); });
}

void DerivativeCollector::finishRound()
{
    m_isRunning = false;
    if (std::exchange(m_isWantedAgain, false))
        collect();
    else
        Q_EMIT collected();
}

} // namespace gatehouse::ingest
