// What a camera has done so far on its way to the first picture, as the engine tells it: it reached
// this PC, it logged in, the first picture is stored; a refusal with its reason. GUI thread.
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
    // For a test: the sentences with their details, one a line.
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ConnectStep *m_reached;
    ConnectStep *m_loggedIn;
    ConnectStep *m_stored;
};

} // namespace gatehouse::setup
