// An overlay with the keyboard shortcuts, read from the window's actions. Any key or click closes it. GUI
// thread.
#pragma once

#include <QPointer>
#include <QWidget>

class QAction;

namespace gatehouse::shell
{

class ShortcutsHelp : public QWidget
{
    Q_OBJECT

public:
    // Lists every action below `window` that has a shortcut and a text.
    explicit ShortcutsHelp(QWidget *window);

    // Keys without an action, such as those of the focused timeline.
    void addLine(const QString &keys, const QString &text);
    void open();
    [[nodiscard]] QStringList lines() const { return m_lines; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void collect();
    void leave();

    QWidget *m_window;
    QPointer<QWidget> m_focusBefore;
    QStringList m_lines; // "keys<TAB>what it does"
    QStringList m_more;  // the same, for keys without an action
};

} // namespace gatehouse::shell
