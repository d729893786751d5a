// A short text on a coloured background, with an icon if there is room: "Sending", "Off-site 4 s", "11 not
// reviewed". drawBadge() is for delegates and painted cards. Logical pixels. GUI thread.
#pragma once

#include <QWidget>

namespace gatehouse::widgets
{

struct Theme;

enum class Tone { Grey, Ok, Warn, Bad, Accent };

// iconName may be empty. Returns the covered rectangle, 18 high from `topLeft`.
QRect drawBadge(QPainter &painter, QPoint topLeft, const QString &text, const QString &iconName, Tone tone,
                const Theme &theme);
int badgeWidth(const QString &text, bool withIcon);

class Badge : public QWidget
{
    Q_OBJECT

public:
    explicit Badge(const QString &text = {}, Tone tone = Tone::Grey, QWidget *parent = nullptr);

    void setText(const QString &text);
    void setTone(Tone tone);
    void setIconName(const QString &name);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QString m_iconName;
    Tone m_tone;
};

} // namespace gatehouse::widgets
