// One line of text that is elided with "…" instead of being clipped: in the middle for names, at the end for
// sentences. The tooltip shows the full text when elided. GUI thread.
#pragma once

#include <QWidget>

namespace gatehouse::widgets
{

struct Theme;

// A name within a heading or a sentence of a few words, elided in the middle beyond `width` logical pixels of
// bold text. Whoever uses it shows the whole in a tooltip.
inline constexpr int kMaxNameWidth = 240;
QString elidedName(const QString &name, int width = kMaxNameWidth);
// The same for buttons and menus, where a single & would mark a key.
QString elidedNameForButton(const QString &name);

class ElidedLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ElidedLabel(const QString &text = {}, Qt::TextElideMode mode = Qt::ElideRight,
                         QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    void setAlignment(Qt::Alignment alignment);
    // Ink unless another token of the theme is set; follows theme changes.
    void setInk(QColor Theme::*token);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString m_text;
    Qt::TextElideMode m_mode;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignVCenter;
    QColor Theme::*m_ink;
};

} // namespace gatehouse::widgets
