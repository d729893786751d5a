// The cameras as rows, in timeline order, updated by diff without resets, so that selection and scroll
// position are kept. The check state means "shown on the timeline and in the events". Editing a row's name
// renames the camera in the engine. GUI thread; queries go to the reader pool.
#pragma once

#include "base/clock.h"
#include "models/services.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSet>
#include <QTimer>

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
        AgeRole,                   // "4 min ago", "nothing yet", or the problem
        StatusRole,                // Status
    };
    enum class Status { Waiting, Working, Trouble };
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
    // Why an account's cameras need attention: `reason` for the row, `details` for the tooltip; empty: they
    // work again.
    void setTrouble(const QString &user, const QString &reason, const QString &details = {});
    [[nodiscard]] QString troubleOf(const QString &user) const { return m_troubles.value(user).reason; }
    struct Trouble {
        CameraId camera; // the account's first camera
        QString user;
        QString name;
        QString reason;
    };
    [[nodiscard]] Trouble firstTrouble() const; // empty user: none

Q_SIGNALS:
    void updated(); // after each result from the catalog
    void hiddenChanged(const QSet<gatehouse::CameraId> &hidden);
    void renameFailed(const QString &reason);

private:
    void read();
    void refreshAges();
    void rename(CameraId camera, const QString &name);
    [[nodiscard]] QString ageOf(const catalog::Camera &camera) const;
    [[nodiscard]] Status statusOf(const catalog::Camera &camera) const;

    Services m_services;
    const Clock &m_clock;
    RefreshThrottle *m_refresh;
    QTimer m_ages;
    QVector<catalog::Camera> m_cameras;
    QSet<CameraId> m_hidden;
    struct Reason {
        QString reason;
        QString details;
    };
    QHash<QString, Reason> m_troubles; // keyed by the account's user
    bool m_loaded = false;
};

} // namespace gatehouse::models
