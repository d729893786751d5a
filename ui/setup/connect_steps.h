// A camera's progress towards its first picture, from the engine's notifications: reached this PC, logged in,
// first picture stored; a refusal with its reason. GUI thread.
#pragma once

#include "protocol/receiver.h"

#include <QWidget>

class QLabel;

namespace gatehouse::setup
{

class ConnectStep;

class ConnectSteps : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectSteps(QWidget *parent = nullptr);

    // now: UTC ms.
    void setReached(const QString &peer, qint64 now);
    void setLoggedIn(const QString &user, const QString &peer, qint64 now);
    void setRefused(const protocol::LogInRefused &refusal, qint64 now);
    void setStored(const QString &camera, qint64 when);
    // For tests: the sentences with their details, one per line.
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ConnectStep *m_reached;
    ConnectStep *m_loggedIn;
    ConnectStep *m_stored;
};

} // namespace gatehouse::setup
