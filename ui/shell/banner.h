// A line above the page for a problem that needs attention and does not resolve itself: icon, sentence, what
// can be done about it, and a close button if it can be postponed. GUI thread.
#pragma once

#include <QStringList>
#include <QWidget>
#include <array>

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

    static constexpr std::size_t kMostActions = 3;
    // An empty sentence hides it; each action is a button.
    void say(const QString &iconName, const QString &sentence, const QStringList &actions = {},
             bool canBeClosed = false);
    [[nodiscard]] QString sentence() const;
    // The banner now shows something else: a key press meant for the old action must not run the new one.
    void leaveFocus();
    // Puts it after another banner in the tab order.
    void comeAfter(Banner &before);

Q_SIGNALS:
    void actionClicked(int action); // its position
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] bool hasFocusInside() const;

    QString m_iconName;
    QLabel *m_words;
    std::array<QPushButton *, kMostActions> m_buttons{};
    QStringList m_actions;
    widgets::IconButton *m_close;
};

} // namespace gatehouse::shell
