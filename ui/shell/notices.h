// The window's banners: the receiver is not running, receiving is paused, nothing can be stored, the catalog
// is being rebuilt, this PC's address has changed and what to change in the cameras, and every problem that
// the engine reports. GUI thread.
#pragma once

#include "control/version_advice.h"
#include "protocol/engine.h"
#include "protocol/receiver.h"

#include <QWidget>

namespace gatehouse::models
{
class EngineStatusModel;
}

namespace gatehouse::shell
{

class Banner;

class Notices : public QWidget
{
    Q_OBJECT

public:
    explicit Notices(models::EngineStatusModel &engine, QWidget *parent = nullptr);

    // An empty text: window and engine are of the same version.
    void showVersion(const control::VersionAdvice &advice);
    void showNewAddress(const protocol::AddressesChanged &change);
    // The waiting page of a camera that is connected now has a password that was not dismissed. Empty: none.
    void offerPassword(const QString &camera);
    // A sentence that stays until a person closes it, or the receiver is back.
    void warn(const QString &sentence);
    // All visible sentences, one per line.
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    // field: of settings/fields.h; empty: none in particular
    void settingRequested(const QString &field);
    void engineRestartRequested();
    void passwordRequested();
    void passwordDismissed();
    // The active settings differ from the file: the user has to check and apply them.
    void settingsDoubted(bool on);

private:
    // A button of a banner, and what it does: a command of the engine, or a setting to change.
    struct Action {
        QString label;
        QString command;
        QString setting;
    };
    using Actions = QVector<Action>;
    static Action changing(const QString &setting);
    static Actions actionsFor(const protocol::Problem &problem);
    static QStringList labelsOf(const Actions &actions);
    [[nodiscard]] Actions actionsForState() const;
    void carryOut(const Action &action);

    void refresh();
    void showProblems(const QVector<protocol::Problem> &problems);

    models::EngineStatusModel &m_engine;
    Banner *m_state;
    Banner *m_version;
    Banner *m_address;
    Banner *m_password;
    Banner *m_warning;
    QVector<Banner *> m_problemBanners;
    QVector<protocol::Problem> m_problems;
};

} // namespace gatehouse::shell
