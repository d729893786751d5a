#include "app/engine/offsite_feature.h"

#include "app/engine/copy_feature.h"
#include "app/engine/engine_context.h"
#include "app/engine/storage_feature.h"
#include "base/when_done.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"
#include "ingest/copies/copy_maker.h"
#include "offsite/object_key.h"
#include "offsite/offsite_copier.h"
#include "secrets/choose_secrets.h"

#include <QLoggingCategory>

namespace gatehouse::app
{

namespace
{

Q_LOGGING_CATEGORY(lcOffsite, "gatehouse.offsite")

constexpr int kReadSecretAgainMs = 30'000; // a keychain is unlocked by a person
constexpr int kReadCamerasMs = 1'000;
// Names rows of the outbox until the real one is read. The copier does not connect before.
constexpr char kSecretNotRead[] = "not-read-yet";

const QString &secretName()
{
    static const QString name = QStringLiteral("offsite");
    return name;
}

QString problemKey()
{
    return QStringLiteral("offsite");
}

// What the keychain shows. Each data folder has its own secrets.
QString keychainService(const settings::Paths &paths)
{
    return paths.data == settings::Paths::of({}).data ? QStringLiteral("Gatehouse")
                                                      : QStringLiteral("Gatehouse (%1)").arg(paths.data);
}

offsite::Choice offsiteChoiceOf(const QString &name)
{
    return name == QLatin1String("nothing")   ? offsite::Choice::Nothing
           : name == QLatin1String("stills")  ? offsite::Choice::Stills
           : name == QLatin1String("low_res") ? offsite::Choice::LowRes
                                              : offsite::Choice::Everything;
}

// Whatever the modules call it: the field's path in the settings.
Error inSettings(Error error)
{
    if (!error.field.isEmpty())
        error.field.prepend(QLatin1String("offsite."));
    return error;
}

Result<s3::ClientOptions> clientOptionsOf(const settings::Offsite &to, const QByteArray &secretKey)
{
    auto profile = s3::ProviderProfile::load(to.provider);
    if (!profile) {
        return tl::unexpected(Error{ErrorKind::Invalid,
                                    OffsiteFeature::tr("There is no provider \"%1\"").arg(to.provider),
                                    QStringLiteral("offsite"), QStringLiteral("provider")});
    }
    s3::ClientOptions out{
        *profile, {to.endpoint, to.region, to.account, to.bucket}, {to.accessKey.toUtf8(), secretKey}};
    out.transport.caFile = to.caFile;
    out.transport.uploadLimit = to.uploadLimit;
    return out;
}

protocol::OffsiteAmount amountOf(const offsite::Amount &amount)
{
    return {amount.files, amount.bytes};
}

protocol::OffsiteTrouble troubleOf(const offsite::Failure &failure)
{
    return {failure.text, failure.remedy == s3::Remedy::YourTurn, failure.at, failure.nextTry};
}

} // namespace

OffsiteFeature::OffsiteFeature(EngineContext &context, StorageFeature &storage, CopyFeature &copies)
    : m_context(context), m_storage(storage), m_copies(copies)
{
    m_retryTimer.setSingleShot(true);
    m_retryTimer.setInterval(kReadSecretAgainMs);
    connect(&m_retryTimer, &QTimer::timeout, this, &OffsiteFeature::readSecretKey);
    m_camerasTimer.setSingleShot(true);
    m_camerasTimer.setInterval(kReadCamerasMs);
    connect(&m_camerasTimer, &QTimer::timeout, this, &OffsiteFeature::readCameras);
}

OffsiteFeature::~OffsiteFeature() = default;

Result<void> OffsiteFeature::start()
{
    offsite::Surroundings surroundings;
    surroundings.isArchiveThere = [this] { return !m_storage.isArchiveAway(); };
    surroundings.cacheFolder = m_context.options.paths.cache;
    surroundings.makeLowRes = [this](ItemId item) {
        return m_copies.maker().make(item, catalog::DerivativeKind::LowRes, media::Urgency::OffSite);
    };
    catalog::Writer &writer = m_storage.writer();
    m_copier = std::make_unique<offsite::OffsiteCopier>(writer, std::move(surroundings), m_context.clock);
    connect(m_copier.get(), &offsite::OffsiteCopier::statusChanged, this, &OffsiteFeature::onStatus);
    connect(m_copier.get(), &offsite::OffsiteCopier::needsUser, this, [this](const QString &text) {
        protocol::Problem problem{problemKey(), text};
        problem.action = tr("Try again");
        problem.command = protocol::ResumeOffsite::kName;
        problem.commandLine = QStringLiteral("gatehouse offsite resume");
        m_context.problems.set(problem);
    });
    connect(m_copier.get(), &offsite::OffsiteCopier::damageFound, this, [this](ItemId, const QString &text) {
        m_context.problems.set(QStringLiteral("offsiteDamage"), text);
    });
    connect(&writer.changes(), &catalog::Changes::camerasChanged, this, [this] {
        if (!m_context.settings.offsite.cameras.isEmpty() && !m_camerasTimer.isActive())
            m_camerasTimer.start();
    });
    m_isRunning = true;
    // Before anything arrives: what a camera has for itself counts from the first file on.
    const auto cameras =
        m_storage.readers().ask([](catalog::Reader &reader) { return reader.cameras(); }).result();
    for (const catalog::Camera &camera : cameras.value_or(QVector<catalog::Camera>()))
        m_cameras.insert({camera.user, camera.key}, camera.id);
    configure();
    return {};
}

void OffsiteFeature::stop()
{
    m_isRunning = false;
    m_retryTimer.stop();
    m_camerasTimer.stop();
    for (const Test &test : m_tests)
        QFuture(test.report).cancel(); // its steps call the client no more
    m_tests.clear();
    if (m_copier)
        m_copier->stop();
    m_isCopying = false;
}

Result<void> OffsiteFeature::prepare(const settings::Settings &settings)
{
    const settings::Offsite &wanted = settings.offsite;
    // What cannot be used already must not keep the user from changing something else.
    if (!wanted.isSet() || wanted == m_context.settings.offsite)
        return {};
    return offsite::rootOf(wanted.prefix, wanted.site)
        .and_then([&](const QString &) { return clientOptionsOf(wanted, kSecretNotRead); })
        .and_then([](const s3::ClientOptions &client) -> Result<void> {
            if (client.credentials.accessKey.isEmpty()) {
                return tl::unexpected(Error{ErrorKind::Invalid, OffsiteFeature::tr("Enter the access key"),
                                            QStringLiteral("offsite"), QStringLiteral("accessKey")});
            }
            return s3::Endpoint::make(client.profile, client.address).map([](const s3::Endpoint &) {});
        })
        .map_error(inSettings);
}

void OffsiteFeature::apply(const settings::Settings &settings)
{
    if (m_applied != settings.offsite)
        configure();
}

protocol::OffsiteStatus OffsiteFeature::status() const
{
    const settings::Offsite &set = m_context.settings.offsite;
    const offsite::Status now = m_copier->status();
    protocol::OffsiteStatus out;
    out.isSet = set.isSet();
    out.isPaused = set.isPaused;
    out.provider = set.provider;
    out.bucket = set.bucket;
    out.prefix = set.prefix;
    out.site = set.site;
    if (m_secrets)
        out.secretPlace = m_secrets->place(secretName());
    out.isArchiveAway = now.isArchiveAway;
    out.isLookingThrough = now.isLookingThrough;
    const auto waiting = [&now](offsite::Rank rank) { return amountOf(now.waiting.at(std::size_t(rank))); };
    out.waiting = {waiting(offsite::Rank::FirstPicture), waiting(offsite::Rank::Still),
                   waiting(offsite::Rank::LowRes), waiting(offsite::Rank::Full)};
    out.failed = amountOf(now.failed);
    out.durable = amountOf(now.durable);
    out.oldestWaiting = now.oldestWaiting;
    out.stillsSafeUpTo = now.stillsSafeUpTo;
    out.allSafeUpTo = now.allSafeUpTo;
    for (const offsite::Transfer &one : now.transfers)
        out.transfers.append({one.part.item, one.key, one.bytes, one.sent});
    out.bytesPerSecond = now.bytesPerSecond;
    out.trouble = m_trouble;
    if (!out.trouble && now.failure)
        out.trouble = troubleOf(*now.failure);
    return out;
}

QFuture<Result<QByteArray>> OffsiteFeature::secretKey()
{
    return m_secretKey.isEmpty() ? secretStore().read(secretName())
                                 : answered<Result<QByteArray>>(m_secretKey);
}

QFuture<Result<void>> OffsiteFeature::keepSecretKey(const QByteArray &secret)
{
    const SharedPromise<Result<void>> written;
    // A credential of systemd can only be read, and may be this one already.
    whenDone(secretStore().read(secretName()), this, [this, secret, written](const Result<QByteArray> &kept) {
        if (kept && *kept == secret)
            written.resolve({});
        else if (kept || kept.error().kind == ErrorKind::NotFound || kept.error().kind == ErrorKind::Invalid)
            whenDone(secretStore().write(secretName(), secret), this,
                     [written](const Result<void> &done) { written.resolve(done); });
        else
            written.resolve(tl::unexpected(kept.error()));
    });
    return andThen(written.future(), this, [this, secret]() -> Result<void> {
        m_secretKey = secret;
        m_applied.reset();
        return {};
    });
}

QString OffsiteFeature::secretPlace()
{
    return secretStore().place(secretName());
}

QFuture<Result<s3::BucketReport>> OffsiteFeature::test(const settings::Offsite &to, const QByteArray &secret)
{
    using Tested = Result<s3::BucketReport>;
    const auto root = offsite::rootOf(to.prefix, to.site);
    if (!root)
        return answered<Tested>(tl::unexpected(inSettings(root.error())));
    auto client = clientOptionsOf(to, secret).and_then([this](const s3::ClientOptions &with) {
        return s3::Client::open(with, m_context.clock);
    });
    if (!client)
        return answered<Tested>(tl::unexpected(inSettings(client.error())));
    const auto test = m_tests.insert(m_tests.end(), Test{std::move(*client), {}});
    test->report = s3::testBucket(*test->client, m_context.clock, *root);
    const SharedPromise<Tested> answer;
    whenDone(test->report, this, [this, test, answer](const s3::BucketReport &report) {
        if (!m_isRunning)
            return; // stop() has removed it
        m_tests.erase(test);
        answer.resolve(report);
    });
    return answer.future();
}

void OffsiteFeature::tryNow()
{
    if (!m_context.settings.offsite.isSet() || !m_isRunning)
        return;
    if (!m_isCopying)
        configure();
    else {
        m_copier->tryNow();
        m_copier->retryFailed();
    }
}

// The outbox is told at once; the connection waits for the secret key.
void OffsiteFeature::configure()
{
    const settings::Offsite &set = m_context.settings.offsite;
    m_applied = set;
    if (!set.isSet() && m_isCopying) {
        m_copier->stop();
        m_isCopying = false;
    }
    if (!set.isSet())
        m_retryTimer.stop();
    const auto applied =
        options().and_then([this](const offsite::Options &wanted) { return m_copier->apply(wanted); });
    if (!applied) {
        setTrouble(applied.error());
        return;
    }
    clearTrouble();
    Q_EMIT changed();
    // A subcommand without a running engine ends soon.
    if (!set.isSet() || !m_context.options.receive)
        return;
    if (m_secretKey.isEmpty()) {
        readSecretKey();
    } else if (!m_isCopying) {
        m_isCopying = true;
        m_copier->start();
    }
}

void OffsiteFeature::readSecretKey()
{
    if (m_isReading)
        return;
    m_isReading = true;
    whenDone(secretStore().read(secretName()), this, [this](const Result<QByteArray> &secret) {
        m_isReading = false;
        if (m_isRunning)
            onSecretKey(secret);
    });
}

void OffsiteFeature::onSecretKey(const Result<QByteArray> &secret)
{
    if (!m_context.settings.offsite.isSet() || !m_secretKey.isEmpty())
        return; // meanwhile it was set, or is not needed any more
    if (secret) {
        m_secretKey = *secret;
        configure();
        return;
    }
    Error error = secret.error();
    if (error.kind == ErrorKind::NotFound) {
        error.text = tr("The secret key of the off-site copies is missing: %1. Enter it again with "
                        "gatehouse offsite set --secret-stdin.")
                         .arg(error.text);
    } else {
        error.text = tr("Off-site copies wait for their secret key: %1.").arg(error.text);
    }
    setTrouble(error);
    // Not what is missing: a keychain would ask its user again and again.
    if (secret.error().kind == ErrorKind::Unavailable)
        m_retryTimer.start();
}

void OffsiteFeature::onStatus()
{
    if (!m_trouble && !m_copier->status().failure)
        m_context.problems.clear(problemKey());
    Q_EMIT changed();
}

void OffsiteFeature::setTrouble(const Error &error)
{
    const qint64 since = m_trouble ? m_trouble->since : m_context.clock.now();
    m_trouble = protocol::OffsiteTrouble{error.text, true, since, 0};
    protocol::Problem problem{problemKey(), error.text};
    problem.action = tr("Try again");
    problem.command = protocol::ResumeOffsite::kName;
    problem.commandLine = QStringLiteral("gatehouse offsite resume");
    m_context.problems.set(problem);
    Q_EMIT changed();
}

void OffsiteFeature::clearTrouble()
{
    // While the secret key is read again, its last trouble stays.
    const bool waits = m_context.settings.offsite.isSet() && m_secretKey.isEmpty();
    if (waits && m_trouble)
        return;
    m_trouble.reset();
    m_context.problems.clear(problemKey());
}

// Only what was chosen for single cameras depends on them.
void OffsiteFeature::readCameras()
{
    const auto cameras = m_storage.readers().ask([](catalog::Reader &reader) { return reader.cameras(); });
    whenDone(cameras, this, [this](const Result<QVector<catalog::Camera>> &found) {
        if (!found || !m_isRunning)
            return;
        QHash<std::pair<QString, QString>, CameraId> now;
        for (const catalog::Camera &camera : *found)
            now.insert({camera.user, camera.key}, camera.id);
        if (now == m_cameras)
            return;
        m_cameras = now;
        configure();
    });
}

Result<offsite::Options> OffsiteFeature::options() const
{
    const settings::Offsite &set = m_context.settings.offsite;
    if (!set.isSet())
        return offsite::Options();
    return clientOptionsOf(set, m_secretKey.isEmpty() ? QByteArray(kSecretNotRead) : m_secretKey)
        .map([&](const s3::ClientOptions &client) {
            offsite::Options out;
            out.isSet = true;
            out.client = client;
            out.prefix = set.prefix;
            out.site = set.site;
            out.uploadLimit = set.uploadLimit;
            out.isPaused = set.isPaused;
            out.choice = offsiteChoiceOf(set.choice);
            for (auto it = set.cameras.begin(); it != set.cameras.end(); ++it) {
                if (const auto camera = m_cameras.constFind(it.key()); camera != m_cameras.constEnd())
                    out.cameras.insert(*camera, offsiteChoiceOf(it.value()));
            }
            return out;
        });
}

// Chosen only once it is needed: that asks the session bus.
secrets::Secrets &OffsiteFeature::secretStore()
{
    if (!m_secrets)
        m_secrets = m_context.options.secrets;
    if (!m_secrets) {
        const settings::Paths &paths = m_context.options.paths;
        m_ownSecrets = secrets::chooseSecrets(keychainService(paths), paths.secrets());
        m_secrets = m_ownSecrets.get();
        qCInfo(lcOffsite).noquote() << "the secret key is kept in" << m_secrets->place(secretName());
    }
    return *m_secrets;
}

QString nameOf(protocol::OffsiteChoice choice)
{
    return namesOf(choice).at(std::size_t(choice));
}

} // namespace gatehouse::app
