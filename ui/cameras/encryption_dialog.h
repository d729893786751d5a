// A camera login's encryption rule: whether TLS is required, and the oldest accepted version. Reads it from
// the engine when opened, and sends changes to the engine. GUI thread.
#pragma once

#include "catalog/types/camera.h"
#include "control/commands.h"
#include "protocol/settings.h"
#include "widgets/confirm_dialog.h"

#include <initializer_list>

class QCheckBox;
class QLabel;
class QPushButton;

namespace gatehouse::widgets
{
class TlsVersionBox;
}

namespace gatehouse::cameras
{

class EncryptionDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    // sharedBy: other cameras that use the same login.
    EncryptionDialog(control::Commands &commands, const catalog::Camera &camera, const QStringList &sharedBy,
                     QWidget *parent);

    [[nodiscard]] QCheckBox *onlyEncrypted() const { return m_only; }
    [[nodiscard]] widgets::TlsVersionBox *oldestVersion() const { return m_version; }
    [[nodiscard]] QPushButton *setButton() const { return m_set; }

Q_SIGNALS:
    void done(const QString &sentence);

private:
    QLabel *newHint(const QString &text);
    void addGroup(std::initializer_list<QWidget *> controls, QLabel *hint, int indent);
    void take(const Result<protocol::CurrentSettings> &answer);
    void set();
    void refresh();
    void fail(const QString &sentence);

    control::Commands &m_commands;
    const catalog::Camera m_camera;
    bool m_wasOnly = false;
    QString m_versionBefore;
    bool m_isRead = false;
    QCheckBox *m_only;
    widgets::TlsVersionBox *m_version;
    QLabel *m_wrong;
    QPushButton *m_set;
};

} // namespace gatehouse::cameras
