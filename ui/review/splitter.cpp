#include "review/splitter.h"

#include "widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>

namespace gatehouse::review
{

namespace
{

class SplitterHandle final : public QSplitterHandle
{
public:
    SplitterHandle(Qt::Orientation orientation, Splitter *parent) : QSplitterHandle(orientation, parent) {}

protected:
    void mouseDoubleClickEvent(QMouseEvent *) override
    {
        Q_EMIT static_cast<Splitter *>(splitter())->resetRequested();
    }
    void paintEvent(QPaintEvent *) override
    {
        // The handle is wider than it looks, so that it is easy to grab.
        const QRect line = orientation() == Qt::Horizontal ? QRect(width() / 2, 0, 1, height())
                                                           : QRect(0, height() / 2, width(), 1);
        QPainter(this).fillRect(line, widgets::themeOf(*this).line);
    }
};

} // namespace

Splitter::Splitter(Qt::Orientation orientation, QWidget *parent) : QSplitter(orientation, parent)
{
    setHandleWidth(1);
    setChildrenCollapsible(false);
}

QSplitterHandle *Splitter::createHandle()
{
    return new SplitterHandle(orientation(), this);
}

} // namespace gatehouse::review
