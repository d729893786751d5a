// Copies of recordings in an S3 bucket: connects the copier with the settings, the secret key and the clips'
// low-res copies, and reports what needs the user. Engine's main thread; the reading of secrets and the test
// of a bucket are asynchronous.
#pragma once

#include "app/engine/feature.h"
#include "base/ids.h"
#include "offsite/options.h"
#include "protocol/offsite.h"
#include "s3/bucket_test.h"
#include "settings/settings.h"

#include <QFuture>
#include <QObject>
#include <QTimer>
#include <list>
#include <optional>

namespace gatehouse::offsite
{
class OffsiteCopier;
}

namespace gatehouse::secrets
{
class Secrets;
}

namespace gatehouse::app
{

class CopyFeature;
class StorageFeature;
struct EngineContext;

class OffsiteFeature final : public QObject, public Feature
{
    Q_OBJECT

public:
    OffsiteFeature(EngineContext &context, StorageFeature &storage, CopyFeature &copies);
    ~OffsiteFeature() override;

    // From now on, what is added to the catalog is put in the outbox, too. Where the settings or the secret
    // key are unusable, recording goes on, and a problem says so.
    Result<void> start() override;
    void stop() override;
    Result<void> prepare(const settings::Settings &settings) override;
    void apply(const settings::Settings &settings) override;

    [[nodiscard]] protocol::OffsiteStatus status() const; // from start() on
    // The one in use, or as it is kept.
    QFuture<Result<QByteArray>> secretKey();
    // Keeps it, and uses it from the next apply() on.
    QFuture<Result<void>> keepSecretKey(const QByteArray &secret);
    [[nodiscard]] QString secretPlace();
    // Invalid names the field, as prepare() does.
    QFuture<Result<s3::BucketReport>> test(const settings::Offsite &to, const QByteArray &secret);
    // What waits after a failure, or for the secret key, is tried at once.
    void tryNow();

Q_SIGNALS:
    void changed(); // the status; at most some times a second

private:
    struct Test {
        std::unique_ptr<s3::Client> client;
        QFuture<s3::BucketReport> report;
    };

    void configure();
    void readSecretKey();
    void onSecretKey(const Result<QByteArray> &secret);
    void onStatus();
    void setTrouble(const Error &error);
    void clearTrouble();
    void readCameras();
    [[nodiscard]] Result<offsite::Options> options() const;
    secrets::Secrets &secretStore();

    EngineContext &m_context;
    StorageFeature &m_storage;
    CopyFeature &m_copies;
    std::unique_ptr<secrets::Secrets> m_ownSecrets;
    secrets::Secrets *m_secrets = nullptr; // once they were needed
    std::unique_ptr<offsite::OffsiteCopier> m_copier;
    std::optional<settings::Offsite> m_applied;             // none: apply again
    QHash<std::pair<QString, QString>, CameraId> m_cameras; // by user and key
    QByteArray m_secretKey;                                 // empty: not known
    bool m_isReading = false;
    bool m_isRunning = false; // from start() to stop()
    bool m_isCopying = false;
    std::optional<protocol::OffsiteTrouble> m_trouble; // ours, not the copier's
    QTimer m_retryTimer;
    QTimer m_camerasTimer;
    std::list<Test> m_tests;
};

QString nameOf(protocol::OffsiteChoice choice); // as in the settings

} // namespace gatehouse::app
