// A panel on a page: surface, hairline, rounded. GUI thread.
#pragma once

#include <QWidget>

namespace gatehouse::widgets
{

inline constexpr int kMaxCardWidth = 704; // logical pixels: of cards and forms, on the widest page too

class Card : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace gatehouse::widgets
