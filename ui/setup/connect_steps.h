// What a camera has done so far on its way to the first picture, as the engine tells it: it reached
// this PC, it logged in, the first picture is stored; a refusal with its reason. GUI thread.
#pragma once

#include <QJsonObject>
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

    // A notification of the control client: "dialogue", "login" and "refused" matter. `user` is looked for
    // beside the notification's own members.
    void take(const QString &notification, const QJsonObject &values, qint64 now);
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
