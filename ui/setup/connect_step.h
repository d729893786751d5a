// One step of connecting: a mark, a title, a detail, and the time. GUI thread.
#pragma once

#include <QWidget>

namespace gatehouse::widgets
{
class ElidedLabel;
}

class QLabel;

namespace gatehouse::setup
{

class ConnectStep : public QWidget
{
    Q_OBJECT

public:
    enum class State { Waiting, Done, Failed };

    ConnectStep(const QString &title, const QString &detail, QWidget *parent);

    // when: UTC ms; 0: no time is shown.
    void set(State state, const QString &title, const QString &detail, qint64 when);
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] QRect mark() const; // the circle

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    State m_state = State::Waiting;
    widgets::ElidedLabel *m_title;
    QLabel *m_detail;
    QLabel *m_time;
};

} // namespace gatehouse::setup
