// A field that narrows what is shown below it. Escape clears it; in an empty field, Escape does what it does
// elsewhere in the window. GUI thread.
#pragma once

#include <QLineEdit>

namespace gatehouse::widgets
{

class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(const QString &purpose, QWidget *parent = nullptr); // "Search cameras"

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] bool isClearedBy(const QKeyEvent &event) const;
};

} // namespace gatehouse::widgets
