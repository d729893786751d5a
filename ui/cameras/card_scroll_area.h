// A scroll area as high as its card, unless the screen is too low for that. GUI thread.
#pragma once

#include <QScrollArea>

namespace gatehouse::cameras
{

class CardScrollArea : public QScrollArea
{
    Q_OBJECT

public:
    CardScrollArea(QWidget *card, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();
};

} // namespace gatehouse::cameras
