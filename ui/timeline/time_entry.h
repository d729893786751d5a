// A field to type a time into: "13:52", "13:52:18", "1352", "1:52 pm" on the displayed day, or a date and
// time; both clocks are read, whatever the region. Enter goes there, Escape closes, invalid input is marked
// and stays. GUI thread.
#pragma once

#include "widgets/pop_up.h"

#include <QDate>
#include <QTimeZone>
#include <optional>

class QLineEdit;

namespace gatehouse::timeline
{

// UTC ms; nothing if the text is not a time. A time skipped by a clock change becomes the one after it; of a
// repeated hour, the first is used.
std::optional<qint64> timeFromText(const QString &text, QDate day, const QTimeZone &zone);

class TimeEntry : public widgets::PopUp
{
    Q_OBJECT

public:
    explicit TimeEntry(QWidget *parent = nullptr);

    void open(QDate day, const QTimeZone &zone, QPoint centre);

Q_SIGNALS:
    void entered(qint64 time);

private:
    void take();
    void mark(bool wrong);

    QLineEdit *m_field;
    QDate m_day;
    QTimeZone m_zone;
};

} // namespace gatehouse::timeline
