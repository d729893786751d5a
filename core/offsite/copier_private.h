// The inside of OffsiteCopier: copier_scheduling decides what is sent next, copier_failures what follows from
// how it ended, copier_status what others see. Engine's main thread.
#pragma once

#include "offsite/back_off.h"
#include "offsite/file_hash.h"
#include "offsite/offsite_copier.h"
#include "offsite/share.h"
#include "offsite/stale_uploads.h"
#include "offsite/survey.h"
#include "offsite/throughput.h"
#include "offsite/transfer.h"

#include <QSet>
#include <QTimer>
#include <map>
#include <optional>

namespace gatehouse::offsite
{

class OffsiteCopier::Private : public QObject
{
public:
    Private(OffsiteCopier &copier, catalog::Writer &writer, Surroundings surroundings, const Clock &clock);
    ~Private() override;

    Result<void> apply(const Options &next);
    void start();
    void stop();
    void tryNow();
    void retryFailed();
    [[nodiscard]] Status status() const { return m_status; }

private:
    using How = TransferEnd::How;
    enum class Blame { Nobody, Object, BadDigest }; // for a failure

    struct Running {
        std::unique_ptr<ObjectTransfer> transfer;
        Task task;
        Lane lane = Lane::Bulk;
        qint64 counted = 0; // bytes that the speed knows of
    };
    // A low-res copy that has been made and waits for a slot.
    struct Ready {
        Task task;
        QString file;
        Lane lane = Lane::Bulk;
    };

    // --- copier_scheduling
    void pump();
    void admit(const Work &work);
    void admitFrom(Lane lane, const QVector<Task> &tasks, Load &waiting);
    void admitReady(Load &waiting);
    void begin(Lane lane, const Task &task, const QString &file);
    void makeLowRes(Lane lane, const Task &task);
    void holdLengthy(bool isUrgentWaiting);
    void wakeAt(qint64 elapsed);
    void wakeIn(qint64 ms);
    void tidy();
    void setTarget();
    void lookThrough();
    void lookAgain();
    void onItemsChanged(const QVector<catalog::ItemChange> &items);
    [[nodiscard]] Load running() const;
    [[nodiscard]] QSet<PartId> held() const;
    [[nodiscard]] bool maySend() const;
    [[nodiscard]] bool isLong(const Task &task) const;
    [[nodiscard]] QString fileOf(const Task &task) const;

    // --- copier_failures
    void onEnded(PartId id, const TransferEnd &end);
    void onFailed(const Task &task, const s3::S3Error &error);
    void onOtherStored(const Task &task, const s3::S3Error &error);
    void onDamaged(const Task &task, const s3::S3Error &error);
    void onMakingFailed(const Task &task, const Error &error);
    void examine(const Task &task, const s3::S3Error &error);
    void postpone(const Task &task, qint64 wait, const s3::S3Error &error, Blame blame = Blame::Object);
    void giveUp(const Task &task, const s3::S3Error &error);
    void noteFailure(const s3::S3Error &error);
    void noteServerFailure(const s3::S3Error &error);

    // --- copier_status
    void touch();
    void count();
    void show(const OutboxCounts &counts);

    OffsiteCopier &q;
    catalog::Writer &m_writer;
    const Surroundings m_surroundings;
    const Clock &m_clock;
    const std::shared_ptr<Policy> m_policy = std::make_shared<Policy>();
    Options m_options;
    QString m_root;     // of all keys; empty: not set up
    QString m_identity; // of the client's options
    bool m_isRunning = false;

    // In this order: transfers go before what they use.
    FileHasher m_hasher;
    std::unique_ptr<s3::Client> m_client;
    std::unique_ptr<StaleUploads> m_stale; // while they are looked for
    bool m_isTidy = false;                 // no stale uploads are left
    std::map<PartId, Running> m_running;
    std::map<PartId, Ready> m_ready;
    QSet<PartId> m_making;
    QSet<PartId> m_settling; // how it ended is being recorded

    CircuitBreaker m_breaker;
    BackOff m_backOff;
    Throughput m_throughput;
    std::optional<Failure> m_failure;
    bool m_isUserTold = false;
    bool m_isArchiveAway = false;

    qint64 m_quietUntil = 0;  // elapsed(): the catalog cannot be written
    bool m_isAsking = false;  // for work
    bool m_asksAgain = false; // what it was asked may be outdated
    bool m_isLookingThrough = false;
    int m_target = 0; // counts changes of it: what was looked through for another is over
    QSet<ItemId> m_changed;
    QTimer m_wake;
    QTimer m_changedTimer;
    QTimer m_countTimer;
    bool m_isCounting = false;
    bool m_countsAgain = false;
    Status m_status;
};

} // namespace gatehouse::offsite
