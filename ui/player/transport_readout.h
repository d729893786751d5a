// The time of the displayed frame, large, with smaller and fainter milliseconds. GUI thread.
#pragma once

#include <QWidget>

namespace gatehouse::player
{

class TimeReadout : public QWidget
{
    Q_OBJECT

public:
    explicit TimeReadout(QWidget *parent = nullptr);

    void setTime(qint64 time); // UTC ms; 0: none
    [[nodiscard]] QString text() const { return m_clock + m_rest; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_clock;
    QString m_rest; // ".384", ".384 PM"
};

} // namespace gatehouse::player
