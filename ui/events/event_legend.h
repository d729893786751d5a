// The legend of event colours, in one line above the cards, which is also their filter: none pressed shows
// every kind, any pressed only those. GUI thread.
#pragma once

#include "catalog/types/event_filter.h"

#include <QVector>
#include <QWidget>

class QAbstractButton;

namespace gatehouse::events
{

class EventLegend : public QWidget
{
    Q_OBJECT

public:
    explicit EventLegend(QWidget *parent = nullptr);

    // kAllCauses: none is pressed.
    void setCauses(catalog::Causes causes);
    [[nodiscard]] catalog::Causes causes() const;

Q_SIGNALS:
    void causesChosen(gatehouse::catalog::Causes causes);

private:
    struct Entry {
        QAbstractButton *button = nullptr;
        catalog::Causes causes = 0;
    };
    QVector<Entry> m_entries;
};

} // namespace gatehouse::events
