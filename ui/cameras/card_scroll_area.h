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

    // Takes the card's height now, not only on the event loop's next pass.
    void fit();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace gatehouse::cameras
