// A row above the cards while they do not begin with the newest event, or while the timeline's day has none:
// says so, and leads to the nearest days that have some, or back to the newest event. GUI thread.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace gatehouse::models
{
class EventModel;
}

namespace gatehouse::events
{

class DayBar : public QWidget
{
    Q_OBJECT

public:
    explicit DayBar(const models::EventModel &model, QWidget *parent = nullptr);

    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    void timeRequested(qint64 time); // UTC ms: the timeline goes there
    void newestRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    const models::EventModel &m_model;
    QLabel *m_words;
    QPushButton *m_earlier;
    QPushButton *m_later;
    QPushButton *m_newest;
};

} // namespace gatehouse::events
