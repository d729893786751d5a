// The latest events, newest first, of all shown cameras or of one, updated by diff without resets, so that
// selection and scroll position are kept.
// GUI thread; queries go to the reader pool.
#pragma once

#include "catalog/types/event.h"
#include "models/services.h"

#include <QAbstractListModel>
#include <QSet>

namespace gatehouse::models
{

class CameraModel;
class RefreshThrottle;
struct RowDiff;

class EventModel : public QAbstractListModel
{
    Q_OBJECT
    friend struct RowDiff;

public:
    enum Role { IdRole = Qt::UserRole + 1 }; // EventId
    static constexpr int kLimit = 200;

    EventModel(const Services &services, const CameraModel &cameras, QObject *parent = nullptr);
    ~EventModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    [[nodiscard]] const catalog::Event &event(int row) const { return m_events[row]; }
    [[nodiscard]] QModelIndex indexOf(EventId id) const;
    // The listed event of a camera at an instant; invalid: none.
    [[nodiscard]] QModelIndex indexAt(CameraId camera, qint64 time) const;
    [[nodiscard]] QString cameraNameOf(const catalog::Event &event) const;
    [[nodiscard]] int unreviewed() const;
    [[nodiscard]] CameraId onlyCamera() const { return m_only; }
    void showOnly(CameraId camera); // none: all shown cameras

Q_SIGNALS:
    void updated();               // after each result from the catalog
    void newerArrived(int count); // events inserted above the existing ones

private:
    void read();
    void take(QVector<catalog::Event> events);

    Services m_services;
    const CameraModel &m_cameras;
    RefreshThrottle *m_refresh;
    QVector<catalog::Event> m_events;
    CameraId m_only;
    bool m_loaded = false;
};

// "person", "motion", …: the camera's subject, otherwise its trigger.
QString kindText(const catalog::Event &event);

} // namespace gatehouse::models
