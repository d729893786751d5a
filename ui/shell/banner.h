// A line above the page for a problem that needs attention and does not resolve itself: icon, sentence, one
// action, and a close button if it can be postponed. GUI thread.
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
    // The banner now shows something else: a key press meant for the old action must not run the new one.
    void leaveFocus();
    // Puts it after another banner in the tab order.
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
