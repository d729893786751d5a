// What the keys do, read from the actions of the window, over the page. Any key or click closes it.
// GUI thread.
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

    // Keys that are no action's, such as those of the timeline while it has the focus.
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
    QStringList m_more;  // the same, beside the actions
};

} // namespace gatehouse::shell
