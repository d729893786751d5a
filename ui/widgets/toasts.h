// Short messages at the bottom right of a widget, at most three, each shown for 6 s, if not told otherwise,
// or while the pointer is over it; one action each ("Undo"). Never for what the status bar shows. GUI thread.
#pragma once

#include <QObject>
#include <QVector>
#include <functional>

class QWidget;

namespace gatehouse::widgets
{

class Toasts : public QObject
{
    Q_OBJECT

public:
    static constexpr int kShownMs = 6'000;

    // bottom: space to leave free below, for the status bar.
    explicit Toasts(QWidget *host, int bottom = 0);

    // actionText may be empty.
    void show(const QString &iconName, const QString &sentence, const QString &actionText = {},
              std::function<void()> action = {}, int ms = kShownMs);
    [[nodiscard]] int count() const { return int(m_toasts.size()); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void arrange();
    void remove(QWidget *toast);

    QWidget *m_host;
    int m_bottom;
    QVector<QWidget *> m_toasts; // oldest first
};

} // namespace gatehouse::widgets
