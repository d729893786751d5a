// A panel on a page: surface, hairline, rounded; warn: the colours of what needs a person.
// GUI thread.
#pragma once

#include <QWidget>

namespace gatehouse::shell
{

class Card : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    void setWarn(bool warn);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_warn = false;
};

} // namespace gatehouse::shell
