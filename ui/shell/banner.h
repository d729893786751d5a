// A line above the page for what needs a person now and does not go away by itself: icon, sentence, one
// action, and a way to close it where it can be put off. GUI thread.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace gatehouse::widgets
{
class IconButton;
}

namespace gatehouse::shell
{

class Banner : public QWidget
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);

    // An empty sentence hides it; an empty action hides the button.
    void say(const QString &iconName, const QString &sentence, const QString &action = {},
             bool canBeClosed = false);
    [[nodiscard]] QString sentence() const;
    // It is about something else now: no key that was meant for the old action runs the new one.
    void leaveFocus();
    // Tab comes here after another one.
    void comeAfter(Banner &before);

Q_SIGNALS:
    void actionClicked();
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_iconName;
    QLabel *m_words;
    QPushButton *m_action;
    widgets::IconButton *m_close;
};

} // namespace gatehouse::shell
