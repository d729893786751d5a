// A field to type a time into: "13:52", "13:52:18", "1352" of the day shown, or a date and time. Enter
// goes there, Escape closes, what is no time is marked and stays. GUI thread.
#pragma once

#include "widgets/pop_up.h"

#include <QDate>
#include <QTimeZone>
#include <optional>

class QLineEdit;

namespace gatehouse::timeline
{

// UTC ms; nothing where the text is no time. A time in the hour a clock change leaves out is the one
// after it; the first of a repeated hour is meant.
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
