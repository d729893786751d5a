// The rail at the left edge: one button per screen, Settings at the bottom. No labels when narrow (48 px).
// GUI thread.
#pragma once

#include <QVector>
#include <QWidget>

namespace gatehouse::shell
{

class RailButton;

class Rail : public QWidget
{
    Q_OBJECT

public:
    enum Screen { Review, Settings };

    explicit Rail(QWidget *parent = nullptr);

    void setScreen(Screen screen);
    void setNarrow(bool narrow);
    // A dot on the button: something there needs attention.
    void setNeedsYou(Screen screen, bool on);

Q_SIGNALS:
    void chosen(gatehouse::shell::Rail::Screen screen);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVector<RailButton *> m_buttons; // indexed by Screen
};

} // namespace gatehouse::shell
