#include "cameras/camera_actions.h"

#include "base/when_done.h"
#include "cameras/clock_dialog.h"
#include "cameras/connection_dialog.h"
#include "cameras/encryption_dialog.h"
#include "cameras/login_dialog.h"
#include "cameras/merge_dialog.h"
#include "cameras/remove_camera_dialog.h"
#include "cameras/trouble_dialog.h"
#include "cameras/zone_dialog.h"
#include "models/camera_model.h"
#include "protocol/camera.h"

#include <QWidget>

namespace gatehouse::cameras
{

CameraActions::CameraActions(control::Commands &commands, const models::EngineStatusModel &engine,
                             models::CameraModel &cameras, QWidget *dialogs)
    : QObject(dialogs), m_commands(commands), m_engine(engine), m_cameras(cameras), m_dialogs(dialogs)
{
}

void CameraActions::carryOut(CameraAction action, CameraId camera)
{
    if (action == CameraAction::Add) {
        add();
        return;
    }
    if (action == CameraAction::Split) {
        split(camera);
        return;
    }
    const catalog::Camera *found = m_cameras.camera(camera);
    if (!found)
        return;
    switch (action) {
    case CameraAction::Add:
    case CameraAction::Split:
        break;
    case CameraAction::Connection:
        showConnection(*found);
        break;
    case CameraAction::Trouble:
        showTrouble(*found);
        break;
    case CameraAction::Password:
        newPassword(*found);
        break;
    case CameraAction::Encryption:
        setEncryption(*found);
        break;
    case CameraAction::Zone:
        setZone(*found);
        break;
    case CameraAction::Clock:
        correctClock(*found);
        break;
    case CameraAction::Merge:
        merge(*found);
        break;
    case CameraAction::Remove:
        remove(*found);
        break;
    }
}

void CameraActions::open(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void CameraActions::report(const QFuture<Result<protocol::Nothing>> &done, const QString &sentence)
{
    whenDone(done, this, [this, sentence](const Result<protocol::Nothing> &result) {
        if (result)
            Q_EMIT this->done(sentence);
        else
            Q_EMIT failed(result.error().text);
    });
}

void CameraActions::add()
{
    open(new LoginDialog(m_commands, m_engine, m_dialogs));
}

void CameraActions::showConnection(const catalog::Camera &camera)
{
    const catalog::Camera *owner = &camera; // the login's first one
    for (const catalog::Camera &other : m_cameras.cameras()) {
        if (other.account == camera.account && other.id < owner->id)
            owner = &other;
    }
    auto *dialog =
        new ConnectionDialog(m_commands, camera, owner->id == camera.id ? QString() : owner->name, m_dialogs);
    connect(dialog, &ConnectionDialog::passwordRequested, this,
            [this, id = camera.id] { carryOut(CameraAction::Password, id); });
    open(dialog);
}

void CameraActions::showTrouble(const catalog::Camera &camera)
{
    auto *dialog = new TroubleDialog(m_commands, m_cameras, m_engine, camera.id, m_dialogs);
    connect(dialog, &TroubleDialog::actionRequested, this, &CameraActions::carryOut);
    connect(dialog, &TroubleDialog::settingRequested, this, &CameraActions::settingRequested);
    open(dialog);
}

void CameraActions::newPassword(const catalog::Camera &camera)
{
    open(new LoginDialog(m_commands, m_engine, camera, sharing(camera), m_dialogs));
}

QStringList CameraActions::sharing(const catalog::Camera &camera) const
{
    QStringList out;
    for (const catalog::Camera &other : m_cameras.cameras()) {
        if (other.account == camera.account && other.id != camera.id)
            out.append(other.name);
    }
    return out;
}

void CameraActions::setEncryption(const catalog::Camera &camera)
{
    auto *dialog = new EncryptionDialog(m_commands, camera, sharing(camera), m_dialogs);
    connect(dialog, &EncryptionDialog::done, this, &CameraActions::done);
    open(dialog);
}

void CameraActions::setZone(const catalog::Camera &camera)
{
    auto *dialog = new ZoneDialog(camera, m_dialogs);
    connect(dialog, &ZoneDialog::chosen, this, [this, camera](const QByteArray &zone) {
        report(m_commands.send(protocol::SetCameraZone{camera.id, zone}),
               tr("%1 is now in time zone %2").arg(camera.name, QString::fromLatin1(zone)));
    });
    open(dialog);
}

void CameraActions::correctClock(const catalog::Camera &camera)
{
    auto *dialog = new ClockDialog(camera, m_dialogs);
    connect(dialog, &ClockDialog::offsetChosen, this, [this, camera](qint64 offset) {
        report(m_commands.send(protocol::SetCameraOffset{camera.id, offset}),
               tr("The clock of %1 is corrected manually").arg(camera.name));
    });
    connect(dialog, &ClockDialog::learningChosen, this, [this, camera] {
        report(m_commands.send(protocol::LearnCameraOffset{camera.id}),
               tr("The clock of %1 is learned from its uploads").arg(camera.name));
    });
    open(dialog);
}

void CameraActions::merge(const catalog::Camera &camera)
{
    auto *dialog = new MergeDialog(camera, m_cameras.cameras(), m_dialogs);
    connect(dialog, &MergeDialog::chosen, this, [this, camera](CameraId into) {
        report(m_commands.send(protocol::MergeCameras{camera.id, into}),
               tr("%1 was merged into %2").arg(camera.name, m_cameras.nameOf(into)));
    });
    open(dialog);
}

void CameraActions::split(CameraId merged)
{
    for (const catalog::Camera &camera : m_cameras.cameras()) {
        for (const catalog::MergedCamera &one : camera.merged) {
            if (one.id == merged)
                report(m_commands.send(protocol::SplitCamera{merged}),
                       tr("%1 is a separate camera again").arg(one.name));
        }
    }
}

void CameraActions::remove(const catalog::Camera &camera)
{
    auto *dialog = new RemoveCameraDialog(camera, m_dialogs);
    connect(dialog, &RemoveCameraDialog::confirmed, this,
            [this, camera](bool evidence, const QString &reason) {
                report(m_commands.send(protocol::RemoveCamera{camera.id, evidence, reason}),
                       evidence ? tr("%1 and all its recordings were removed").arg(camera.name)
                                : tr("%1 was removed; its recordings were kept").arg(camera.name));
            });
    open(dialog);
}

} // namespace gatehouse::cameras
