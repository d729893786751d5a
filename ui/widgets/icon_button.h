// An icon-only button: ink2, ink under the pointer, accent when on. The tooltip, with the shortcut if there
// is one, is also its name for screen readers. GUI thread.
#pragma once

#include <QToolButton>

namespace gatehouse::widgets
{

class IconButton : public QToolButton
{
    Q_OBJECT

public:
    // side: size of the button; the icon of size `iconSide` is centred.
    IconButton(const QString &iconName, const QString &tip, QWidget *parent = nullptr, int side = 28,
               int iconSide = 16);

    void setIconName(const QString &name);
    void setTip(const QString &tip);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_iconName;
};

} // namespace gatehouse::widgets
