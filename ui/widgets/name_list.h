// A list to choose from, one line per name: a long one is elided in the middle, and its tooltip has the
// whole. GUI thread.
#pragma once

#include <QListWidget>

namespace gatehouse::widgets
{

class NameList : public QListWidget
{
    Q_OBJECT

public:
    explicit NameList(const QString &accessibleName, QWidget *parent = nullptr);

    // As low as its rows allow, at most `rows` of them.
    void fitRows(int rows);

protected:
    bool viewportEvent(QEvent *event) override;
};

} // namespace gatehouse::widgets
