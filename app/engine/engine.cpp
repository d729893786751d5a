#include "app/engine/engine.h"

#include "app/engine/receiver_rules.h"
#include "archive/archive_id.h"
#include "base/iso_time.h"
#include "base/mount_points.h"
#include "catalog/operations/salvage.h"

#include <QCoreApplication>
#include <QDir>
#include <QLoggingCategory>

namespace gatehouse::app
{

namespace
{

Q_LOGGING_CATEGORY(lcEngine, "gatehouse.engine")

constexpr int kForgetFtpEntriesEveryMs = 3'600'000;
constexpr int kLookForRoomEveryMs = 5'000;
constexpr int kLookAtCertificateEveryMs = 60'000;

Result<void> makeFolders(const settings::Paths &paths)
{
    for (const QString &folder : {paths.data, paths.config, paths.cache, paths.posters()}) {
        if (!QDir().mkpath(folder))
            return fail(ErrorKind::Denied, Engine::tr("Can't create the folder %1").arg(folder));
    }
    return {};
}

QString certificateName()
{
    return QStringLiteral("Gatehouse");
}

qint64 eventGapOf(const settings::Settings &settings)
{
    return qint64(settings.eventGapSeconds) * 1000;
}

ingest::RetentionRules rulesOf(const settings::Settings &settings)
{
    return {settings.retention.days, settings.retention.reserveBytes};
}

} // namespace

Engine::Engine(EngineOptions options, QObject *parent)
    : QObject(parent), m_options(std::move(options)), m_ballast(m_options.paths.data)
{
    if (!m_options.files)
        m_options.files = &m_files;
    connect(&m_lan, &LanAddresses::addressesChanged, this,
            [this](const QVector<QHostAddress> &now, const QVector<QHostAddress> &before) {
                listenWhereThePcIsNow();
                Q_EMIT addressesChanged(now, before);
            });
    m_certificateTimer.setTimerType(Qt::VeryCoarseTimer);
    m_certificateTimer.setInterval(kLookAtCertificateEveryMs);
    connect(&m_certificateTimer, &QTimer::timeout, this, &Engine::keepCertificateInTime);
}

Engine::~Engine()
{
    m_work.end();
    // Sessions end first, so that what they had under way is still placed and catalogued as cut. Then the
    // archive and the catalog finish while everyone whom their answers go to is still there.
    m_ftp.reset();
    m_importer.reset();
    m_repairs.reset();
    m_stateBackup.reset();
    m_archive.reset();
    if (m_writer)
        m_writer->archives().waitForFinished();
}

Result<void> Engine::start()
{
    m_started = m_clock.now();
    if (const auto made = makeFolders(m_options.paths); !made)
        return made;
    const settings::LoadedSettings loaded = settings::loadOrLastGood(m_options.paths.settings());
    m_settings = loaded.settings;
    if (loaded.trouble)
        m_problems.set(QStringLiteral("settings"), tr("%1 Gatehouse is using the last valid settings and "
                                                      "deletes nothing until you apply the settings again.")
                                                       .arg(loaded.trouble->text));
    reportRoom(m_ballast.keep());
    if (const auto opened = openStores(); !opened)
        return opened;
    makeIngest();
    if (!loaded.trouble)
        m_retention->setRules(rulesOf(m_settings));
    if (!m_options.salvaged)
        m_repairs->setDamage(
            tr("The catalog is damaged and could not be repaired: %1").arg(m_options.salvaged.error().text));
    m_repairs->prepare();
    if (const auto watching = m_trustedClock->start([this] { return m_archiveRepair->newestArrival(); });
        !watching)
        return watching;
    if (m_options.receive) {
        watchRoom();
        m_descriptors.raise(m_problems);
        m_certificateTimer.start();
        if (const auto listening = listen(); !listening)
            return listening;
    }
    m_repairs->start();
    return {};
}

// What works on rows, once the files have theirs.
void Engine::goOnWithTheRest()
{
    m_garbage->collect();
    m_examiner->resume();
    m_partialUploads->resume();
    if (!m_options.receive)
        return;
    m_health->start();
    m_retention->look();
}

bool Engine::isArchiveAway() const
{
    const auto ready = m_archive->ready();
    return !ready && ready.error().kind == ErrorKind::Unavailable;
}

void Engine::watchRoom()
{
    auto *look = new QTimer(this);
    connect(look, &QTimer::timeout, this, [this] {
        m_archive->run([this] {
            const bool hasRoom = m_ballast.keep();
            QMetaObject::invokeMethod(this, [this, hasRoom] { reportRoom(hasRoom); });
        });
    });
    look->start(kLookForRoomEveryMs);
}

void Engine::reportRoom(bool hasRoom)
{
    m_problems.set(QStringLiteral("room"),
                   hasRoom ? QString()
                           : tr("The disk of %1 is full. Make room on it.").arg(m_options.paths.data));
}

Result<void> Engine::openStores()
{
    if (const auto finished = catalog::finishSalvage(m_options.paths.catalog()); !finished)
        return finished;
    catalog::WriterOptions writerOptions;
    writerOptions.databasePath = m_options.paths.catalog();
    writerOptions.eventGap = eventGapOf(m_settings);
    auto writer = catalog::Writer::open(writerOptions, m_clock);
    if (!writer)
        return tl::unexpected(writer.error());
    m_writer = std::move(*writer);
    m_readers = std::make_unique<catalog::ReaderPool>(m_options.paths.catalog());
    m_health = std::make_unique<catalog::HealthCheck>(m_options.paths.catalog());

    const auto known = m_writer->archives().result();
    if (!known)
        return tl::unexpected(known.error());
    return openArchive(*known);
}

// One that the catalog knows is known by its identity, whatever the path to it. Where none of them is found,
// the one that was in use last is waited for: a new one would be made under a mount point, or beside the
// evidence.
Result<void> Engine::openArchive(const QVector<catalog::ArchiveFolder> &known)
{
    archive::ArchiveOptions archiveOptions;
    archiveOptions.root = m_options.paths.archive();
    const auto there = archive::readArchiveId(*m_options.files, archiveOptions.root);
    const bool isKnown = there && std::any_of(known.begin(), known.end(),
                                              [&](const auto &one) { return one.id == there->id; });
    if (!known.isEmpty())
        archiveOptions.expectedId = isKnown ? there->id : known.first().id;
    else if (const QString point = unmountedAbove(archiveOptions.root); !there && !point.isEmpty())
        return fail(ErrorKind::Unavailable,
                    tr("Nothing is mounted at %1. Mount the archive disk").arg(point));
    auto opened = archive::Archive::open(archiveOptions, *m_options.files, m_clock, known.isEmpty());
    if (!opened)
        return tl::unexpected(opened.error());
    m_archive = std::move(*opened);
    return m_writer->setArchive(m_archive->id(), archiveOptions.root).result();
}

void Engine::makeIngest()
{
    const auto matcher = vendors::Matcher::load();
    if (!matcher)
        qFatal("%s", qPrintable(matcher.error().text)); // the rules are compiled in: a build that cannot work
    m_archiveRepair = std::make_unique<ingest::Repair>(*m_writer, *m_archive, *m_options.files,
                                                       m_options.paths.catalog(), *matcher);
    m_backend = std::make_unique<ingest::FtpBackend>(
        *m_writer, *m_archive, *matcher, m_clock,
        ingest::FtpBackendOptions{m_settings.receiver.anonymous, m_settings.receiver.maxFileBytes});
    m_garbage = std::make_unique<ingest::GarbageCollector>(*m_writer, *m_archive);
    m_importer = std::make_unique<ingest::Importer>(*m_writer, *m_archive, *matcher, m_clock);
    media::WorkerOptions workerOptions;
    workerOptions.program = QCoreApplication::applicationFilePath();
    workerOptions.arguments = {QStringLiteral("media-worker")};
    m_workers = std::make_unique<media::WorkerPool>(workerOptions);
    m_examiner =
        std::make_unique<ingest::Examiner>(*m_writer, *m_readers, *m_workers, m_options.paths.posters());
    m_partialUploads =
        std::make_unique<ingest::PartialUploadReconciler>(*m_writer, *m_readers, *m_options.files);
    m_trustedClock = std::make_unique<ingest::TrustedClock>(*m_writer, m_clock);
    m_retention = std::make_unique<ingest::RetentionJob>(*m_writer, *m_archive, *m_garbage, *m_trustedClock);
    connect(m_retention.get(), &ingest::RetentionJob::troubled, this,
            [this](const QString &text) { m_problems.set(QStringLiteral("retention"), text); });
    connect(m_backend.get(), &ingest::FtpBackend::roomNeeded, m_retention.get(), &ingest::RetentionJob::look);
    connect(&m_writer->changes(), &catalog::Changes::garbageMade, m_garbage.get(),
            &ingest::GarbageCollector::collect);
    m_stateBackup = std::make_unique<ingest::StateBackup>(*m_writer, *m_readers, *m_archive, *m_options.files,
                                                          m_options.paths.catalog(), *matcher);
    m_repairs = std::make_unique<CatalogRepairs>(*m_stateBackup, *m_archiveRepair, *m_retention, m_problems,
                                                 m_work, [this] { return isArchiveAway(); });
    connect(m_repairs.get(), &CatalogRepairs::lookedThrough, this, &Engine::goOnWithTheRest);
    connect(m_repairs.get(), &CatalogRepairs::rowsMade, m_backend.get(), &ingest::FtpBackend::takeInLateRows);
    connect(m_health.get(), &catalog::HealthCheck::damageFound, m_repairs.get(), &CatalogRepairs::setDamage);
    connect(&m_writer->changes(), &catalog::Changes::damageFound, m_repairs.get(),
            &CatalogRepairs::setDamage);
    connect(&m_writer->changes(), &catalog::Changes::camerasChanged, m_stateBackup.get(),
            &ingest::StateBackup::saveSoon);
    connect(m_garbage.get(), &ingest::GarbageCollector::collected, m_stateBackup.get(),
            &ingest::StateBackup::saveSoon);
    auto *forgetting = new QTimer(this);
    forgetting->setTimerType(Qt::VeryCoarseTimer);
    connect(forgetting, &QTimer::timeout, this,
            [this] { m_backend->forgetOldEntries(m_trustedClock->ageNow()); });
    forgetting->start(kForgetFtpEntriesEveryMs);
}

quint16 Engine::port() const
{
    return m_ftp ? m_ftp->port() : 0;
}

QString Engine::clockTrouble()
{
    m_trustedClock->ageNow();
    return m_trustedClock->doubt();
}

void Engine::passwordChanged(AccountId account, const QString &user)
{
    m_stateBackup->keepSecretOf(user);
    m_backend->forgetLogIns(account);
    if (m_ftp)
        m_ftp->forgetWrongPasswords(user);
}

quint16 Engine::wantedPort() const
{
    return m_options.ftpPort.value_or(quint16(m_settings.receiver.port));
}

Result<ftp::ServerOptions> Engine::serverOptions() const
{
    const settings::Receiver &receiver = m_settings.receiver;
    ftp::ServerOptions out;
    const QString bind = m_options.bind.isEmpty() ? receiver.bind : m_options.bind;
    if (!bind.isEmpty()) {
        const QHostAddress address(bind);
        if (address.isNull())
            return fail(ErrorKind::Invalid, tr("%1 is not an address of this PC").arg(bind));
        out.bind = {address};
    } else {
        out.bind = m_lan.addresses() + loopbackAddresses();
    }
    out.port = wantedPort();
    out.passiveFirst = quint16(receiver.passiveFirst);
    out.passiveLast = quint16(receiver.passiveLast);
    out.passiveAddresses = receiver.passiveAddresses;
    out.limits.fileBytes = receiver.maxFileBytes;
    out.limits.sessions = m_descriptors.sessions();
    out.tls = tlsRulesOf(receiver);
    const settings::Paths &paths = m_options.paths;
    const auto identity = receiver.certificate.isEmpty()
                              ? ftp::loadOrMakeTlsIdentity(paths.certificate(), paths.certificateKey(),
                                                           certificateName(), m_clock.now())
                              : ftp::loadTlsIdentity(receiver.certificate, receiver.certificateKey);
    if (!identity)
        return tl::unexpected(identity.error());
    out.certificates = identity->certificates;
    out.key = identity->key;
    return out;
}

// A new server ends the sessions of the old one, so only where the addresses are really others.
void Engine::listenWhereThePcIsNow()
{
    if (!m_ftp)
        return;
    const auto options = serverOptions();
    if (options && options->bind != m_listening)
        listen();
}

Result<void> Engine::listen()
{
    if (port() != 0)
        m_lastPort = port();
    m_ftp.reset();
    m_listening.clear();
    auto options = serverOptions();
    if (!options)
        return tl::unexpected(options.error());
    if (options->port == 0)
        options->port = m_lastPort; // any free one, but not another one each time
    m_ftp = std::make_unique<ftp::Server>(*options, *m_backend, m_clock);
    m_receiverWatch.watch(*m_ftp, m_settings.receiver);
    connect(m_ftp.get(), &ftp::Server::loggedIn, this, &Engine::loggedIn);
    connect(m_ftp.get(), &ftp::Server::logInRefused, this, &Engine::logInRefused);
    connect(m_ftp.get(), &ftp::Server::uploadFailed, this,
            [](const QString &user, const QString &path, const QString &reason) {
                qCWarning(lcEngine).noquote() << "upload failed:" << user << path << reason;
            });
    auto listening = m_ftp->listen();
    m_receiverTrouble = listening ? QString() : listening.error().text;
    if (listening)
        m_listening = options->bind;
    m_identity = {options->certificates, options->key};
    Q_EMIT receiverChanged();
    return listening;
}

// The PC's clock may have become right only now.
void Engine::keepCertificateInTime()
{
    if (!m_ftp || !m_settings.receiver.certificate.isEmpty() ||
        !ftp::needsRenewal(m_identity, certificateName(), m_clock.now()))
        return;
    const auto options = serverOptions();
    if (!options || options->certificates == m_identity.certificates) {
        m_certificateTimer.stop(); // the log tells why; the next start tries again
        return;
    }
    m_identity = {options->certificates, options->key};
    if (const auto taken = m_ftp->useCertificates(options->certificates, options->key); !taken)
        qCWarning(lcEngine).noquote() << "certificate:" << taken.error().text;
}

Result<void> Engine::apply(const settings::Settings &settings)
{
    const bool isNew = needsNewServer(m_settings.receiver, settings.receiver) || !m_receiverTrouble.isEmpty();
    const bool listensAnew = m_options.receive && isNew;
    const settings::Settings before = std::exchange(m_settings, settings);
    // Refused before anything is saved: with these the next start would fail.
    if (const auto usable = serverOptions(); !usable) {
        m_settings = before;
        return tl::unexpected(usable.error());
    }
    const Result<void> taken = (listensAnew ? listen() : Result<void>()).and_then([&] {
        return settings::save(m_options.paths.settings(), settings);
    });
    if (!taken) {
        m_settings = before;
        if (listensAnew)
            listen();
        return taken;
    }
    if (m_ftp)
        m_ftp->setTlsRules(tlsRulesOf(settings.receiver));
    m_backend->setOptions({settings.receiver.anonymous, settings.receiver.maxFileBytes});
    m_problems.clear(QStringLiteral("settings"));
    m_retention->setRules(rulesOf(settings));
    m_writer->setEventGap(eventGapOf(settings));
    return {};
}

} // namespace gatehouse::app
