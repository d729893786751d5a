// Tells a person who is not looking at the window what needs them: a camera that cannot log in, a full disk,
// an archive that is gone, anything else the engine reports. One notification per cause once it has lasted
// for a few seconds, closed again when it is over, and at most one an hour. GUI thread.
#pragma once

#include "base/clock.h"

#include <QHash>
#include <QMap>
#include <QObject>
#include <QTimer>

namespace gatehouse::models
{
class CameraModel;
class EngineStatusModel;
} // namespace gatehouse::models

namespace gatehouse::shell
{

class DesktopNotifications;

class TroubleNotifications : public QObject
{
    Q_OBJECT

public:
    TroubleNotifications(const models::EngineStatusModel &engine, const models::CameraModel &cameras,
                         DesktopNotifications &desktop, const Clock &clock, QObject *parent = nullptr);

    // While a person looks at the window, its banners and rows suffice.
    void setWatched(bool isWatched);
    // The engine cannot be started, and why; empty: it runs.
    void setEngineFailure(const QString &sentence);

private:
    struct Trouble {
        QString title;
        QString text;
    };
    struct Known {
        qint64 since = 0;  // UTC ms
        qint64 toldAt = 0; // 0: not told
        QString told;
    };

    void refresh();
    void tell(const QString &key, const Trouble &trouble, Known &known);
    [[nodiscard]] QMap<QString, Trouble> now() const;

    const models::EngineStatusModel &m_engine;
    const models::CameraModel &m_cameras;
    DesktopNotifications &m_desktop;
    const Clock &m_clock;
    QString m_failure;
    bool m_isWatched = false;
    QTimer m_look;
    QHash<QString, Known> m_known;
    QHash<QString, qint64> m_last; // when a cause was told that is over, UTC ms
};

} // namespace gatehouse::shell
