// The cameras as rows, in timeline order, updated by diff without resets, so that selection and scroll
// position are kept. The check state means "shown on the timeline and in the events". Editing a row's name
// renames the camera in the engine. GUI thread; queries go to the reader pool.
#pragma once

#include "base/clock.h"
#include "models/services.h"
#include "protocol/camera_fault.h"

#include <QAbstractListModel>
#include <QSet>
#include <QTimer>
#include <optional>

namespace gatehouse::models
{

class RefreshThrottle;
struct RowDiff;

class CameraModel : public QAbstractListModel
{
    Q_OBJECT
    friend struct RowDiff;

public:
    enum Role {
        IdRole = Qt::UserRole + 1, // CameraId
        PosterRole,                // ItemId
        AgeRole,                   // "4 min ago", "nothing yet", "Test received at 13:12", or the fault
        StatusRole,                // Status
    };
    // Attention: something is wrong, but what it sends is stored.
    enum class Status { Waiting, Working, Attention, Trouble };
    Q_ENUM(Status)

    CameraModel(const Services &services, const Clock &clock, QObject *parent = nullptr);
    ~CameraModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

    // False until the first result from the catalog.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    [[nodiscard]] const catalog::Camera *camera(CameraId id) const; // null: unknown
    [[nodiscard]] const QVector<catalog::Camera> &cameras() const { return m_cameras; }
    [[nodiscard]] QModelIndex indexOf(CameraId id) const;
    [[nodiscard]] QString nameOf(CameraId id) const;
    [[nodiscard]] QString userOf(AccountId account) const;
    [[nodiscard]] bool hasUser(const QString &user) const;
    // Cameras that sent something in the last day and can log in.
    [[nodiscard]] int reporting() const;

    [[nodiscard]] QSet<CameraId> hidden() const { return m_hidden; }
    void setHidden(const QSet<CameraId> &cameras);
    // As the engine reports them. A fault belongs to every camera with its login, or to one of them.
    void setFaults(const QVector<protocol::CameraFault> &faults, const QVector<protocol::TestUpload> &tests);
    struct Trouble {
        CameraId camera; // the first one in trouble
        QString user;
        QString name;
        QString reason;   // in a few words, with the time since when
        QString details;  // what it is and what to do
        qint64 since = 0; // UTC ms
        protocol::CameraFault fault;
    };
    [[nodiscard]] Trouble firstTrouble() const;      // empty user: none
    [[nodiscard]] QVector<Trouble> troubles() const; // faults, one per account
    // Its fault. A camera that sends nothing may just see no motion.
    [[nodiscard]] std::optional<Trouble> troubleOf(CameraId camera) const;

Q_SIGNALS:
    void updated(); // after each result from the catalog
    void hiddenChanged(const QSet<gatehouse::CameraId> &hidden);
    void renameFailed(const QString &reason);

private:
    void read();
    void refreshAges();
    void rename(CameraId camera, const QString &name);
    [[nodiscard]] const protocol::CameraFault *faultOf(const catalog::Camera &camera) const; // null: none
    [[nodiscard]] bool isReporting(const catalog::Camera &camera) const;
    [[nodiscard]] qint64 testOf(const catalog::Camera &camera) const; // UTC ms of one to show; 0: none
    [[nodiscard]] QString ageOf(const catalog::Camera &camera) const;
    [[nodiscard]] Status statusOf(const catalog::Camera &camera) const;

    Services m_services;
    const Clock &m_clock;
    RefreshThrottle *m_refresh;
    QTimer m_ages;
    QVector<catalog::Camera> m_cameras;
    QSet<CameraId> m_hidden;
    QVector<protocol::CameraFault> m_faults; // newest first
    QVector<protocol::TestUpload> m_tests;
    bool m_loaded = false;
};

} // namespace gatehouse::models
