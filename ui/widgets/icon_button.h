// A button that is only an icon: ink2, ink under the pointer, accent when on. Its name for screen
// readers and its tooltip are the same text, with the shortcut if one is given. GUI thread.
#pragma once

#include <QToolButton>

namespace gatehouse::widgets
{

class IconButton : public QToolButton
{
    Q_OBJECT

public:
    // side: of the button; the icon is `iconSide` in its middle.
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
