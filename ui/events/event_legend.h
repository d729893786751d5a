// The legend of event colours, in one line above the cards; shows as many as fit. GUI thread.
#pragma once

#include <QWidget>

namespace gatehouse::events
{

class EventLegend : public QWidget
{
    Q_OBJECT

public:
    explicit EventLegend(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace gatehouse::events
