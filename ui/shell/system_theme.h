// Whether the desktop prefers dark: asked from the desktop portal over D-Bus without waiting, and
// followed. Without a portal (or D-Bus) nothing is ever told and dark is taken. GUI thread.
#pragma once

#include <QObject>

class QDBusVariant;
class QDBusPendingCallWatcher;

namespace gatehouse::shell
{

class SystemTheme : public QObject
{
    Q_OBJECT

public:
    explicit SystemTheme(QObject *parent = nullptr);

    [[nodiscard]] bool prefersDark() const { return m_dark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void answered(QDBusPendingCallWatcher *call);
    void take(const QVariant &value);

    bool m_dark = true;
};

} // namespace gatehouse::shell
