// Whether the desktop prefers dark: queries the desktop portal over D-Bus asynchronously and follows changes.
// Without a portal (or D-Bus), stays dark and emits nothing. GUI thread.
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
