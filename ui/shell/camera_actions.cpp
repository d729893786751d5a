#include "shell/camera_actions.h"

#include "review/camera_model.h"
#include "shell/clock_dialog.h"
#include "shell/encryption_dialog.h"
#include "shell/login_dialog.h"
#include "shell/merge_dialog.h"
#include "shell/remove_camera_dialog.h"
#include "shell/zone_dialog.h"
#include "widgets/when_done.h"

#include <QWidget>

namespace gatehouse::shell
{

CameraActions::CameraActions(control::Commands &commands, const EngineStatusModel &engine,
                             review::CameraModel &cameras, QWidget *dialogs)
    : QObject(dialogs), m_commands(commands), m_engine(engine), m_cameras(cameras), m_dialogs(dialogs)
{
}

void CameraActions::carryOut(review::CameraAction action, CameraId camera)
{
    if (action == review::CameraAction::Add) {
        add();
        return;
    }
    if (action == review::CameraAction::Split) {
        split(camera);
        return;
    }
    const catalog::Camera *found = m_cameras.camera(camera);
    if (!found)
        return;
    switch (action) {
    case review::CameraAction::Add:
    case review::CameraAction::Split:
        break;
    case review::CameraAction::Password:
        newPassword(*found);
        break;
    case review::CameraAction::Encryption:
        setEncryption(*found);
        break;
    case review::CameraAction::Zone:
        setZone(*found);
        break;
    case review::CameraAction::Clock:
        correctClock(*found);
        break;
    case review::CameraAction::Merge:
        merge(*found);
        break;
    case review::CameraAction::Remove:
        remove(*found);
        break;
    }
}

void CameraActions::open(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void CameraActions::run(const QString &command, const QJsonObject &arguments, const QString &sentence)
{
    widgets::whenDone(m_commands.run(command, arguments), this,
                      [this, sentence](const Result<QJsonObject> &answer) {
                          if (answer)
                              Q_EMIT done(sentence);
                          else
                              Q_EMIT failed(answer.error().text);
                      });
}

void CameraActions::add()
{
    open(new LoginDialog(m_commands, m_engine, m_dialogs));
}

void CameraActions::newPassword(const catalog::Camera &camera)
{
    open(new LoginDialog(m_commands, m_engine, camera, m_dialogs));
}

void CameraActions::setEncryption(const catalog::Camera &camera)
{
    QStringList others;
    for (const catalog::Camera &other : m_cameras.cameras()) {
        if (other.account == camera.account && other.id != camera.id)
            others.append(other.name);
    }
    auto *dialog = new EncryptionDialog(m_commands, camera, others, m_dialogs);
    connect(dialog, &EncryptionDialog::done, this, &CameraActions::done);
    open(dialog);
}

void CameraActions::setZone(const catalog::Camera &camera)
{
    auto *dialog = new ZoneDialog(camera, m_dialogs);
    connect(dialog, &ZoneDialog::chosen, this, [this, camera](const QByteArray &zone) {
        run(QStringLiteral("camera.zone"),
            {{QStringLiteral("camera"), camera.id.value},
             {QStringLiteral("zone"), QString::fromLatin1(zone)}},
            tr("%1 is in the zone %2 now").arg(camera.name, QString::fromLatin1(zone)));
    });
    open(dialog);
}

void CameraActions::correctClock(const catalog::Camera &camera)
{
    auto *dialog = new ClockDialog(camera, m_dialogs);
    connect(dialog, &ClockDialog::offsetChosen, this, [this, camera](qint64 offset) {
        run(QStringLiteral("camera.offset"),
            {{QStringLiteral("camera"), camera.id.value}, {QStringLiteral("offset_ms"), offset}},
            tr("The clock of %1 is corrected by hand").arg(camera.name));
    });
    connect(dialog, &ClockDialog::learningChosen, this, [this, camera] {
        run(QStringLiteral("camera.offset"),
            {{QStringLiteral("camera"), camera.id.value}, {QStringLiteral("learn"), true}},
            tr("The clock of %1 is learned from its uploads").arg(camera.name));
    });
    open(dialog);
}

void CameraActions::merge(const catalog::Camera &camera)
{
    auto *dialog = new MergeDialog(camera, m_cameras.cameras(), m_dialogs);
    connect(dialog, &MergeDialog::chosen, this, [this, camera](CameraId into) {
        run(QStringLiteral("camera.merge"),
            {{QStringLiteral("from"), camera.id.value}, {QStringLiteral("into"), into.value}},
            tr("%1 is merged into %2").arg(camera.name, m_cameras.nameOf(into)));
    });
    open(dialog);
}

void CameraActions::split(CameraId merged)
{
    for (const catalog::Camera &camera : m_cameras.cameras()) {
        for (const catalog::MergedCamera &one : camera.merged) {
            if (one.id == merged)
                run(QStringLiteral("camera.split"), {{QStringLiteral("camera"), merged.value}},
                    tr("%1 is a camera of its own again").arg(one.name));
        }
    }
}

void CameraActions::remove(const catalog::Camera &camera)
{
    auto *dialog = new RemoveCameraDialog(camera, m_dialogs);
    connect(dialog, &RemoveCameraDialog::confirmed, this,
            [this, camera](bool evidence, const QString &reason) {
                run(QStringLiteral("camera.remove"),
                    {{QStringLiteral("camera"), camera.id.value},
                     {QStringLiteral("evidence"), evidence},
                     {QStringLiteral("reason"), reason}},
                    evidence ? tr("%1 is removed, with all it had recorded").arg(camera.name)
                             : tr("%1 is removed, what it recorded stays").arg(camera.name));
            });
    open(dialog);
}

} // namespace gatehouse::shell
