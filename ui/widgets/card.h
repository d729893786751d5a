// A panel on a page: surface, hairline, rounded. GUI thread.
#pragma once

#include <QWidget>

namespace gatehouse::widgets
{

class Card : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace gatehouse::widgets
