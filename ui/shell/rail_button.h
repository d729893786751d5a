// One screen's button on the rail: icon above a label, with a warning dot when something there needs
// attention. GUI thread.
#pragma once

#include <QAbstractButton>

namespace gatehouse::shell
{

class RailButton : public QAbstractButton
{
    Q_OBJECT

public:
    RailButton(const QString &iconName, const QString &text, QWidget *parent);

    void setNarrow(bool narrow);
    void setNeedsYou(bool on);
    [[nodiscard]] bool needsYou() const { return m_needsYou; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QString m_iconName;
    bool m_narrow = false;
    bool m_needsYou = false;
};

} // namespace gatehouse::shell
