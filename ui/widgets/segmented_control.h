// One choice of a few, side by side; the arrow keys move it. GUI thread.
#pragma once

#include <QVector>
#include <QWidget>

namespace gatehouse::widgets
{

class SegmentedControl : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedControl(QWidget *parent = nullptr);

    // iconName and text may each be empty, not both. The first one added is chosen.
    void addSegment(const QString &text, const QString &iconName = {}, const QString &tip = {});
    // Also often, such as with progress: the accessible name stays what it was when the segment was chosen.
    void setText(int index, const QString &text);
    void setToolTip(int index, const QString &tip);
    // On a picture: a ground that is the same in both themes.
    void setOnPicture(bool on);
    [[nodiscard]] QString text(int index) const { return m_segments.value(index).text; }
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int index);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Segment {
        QString text;
        QString iconName;
        QString tip;
    };
    [[nodiscard]] int widthOf(const Segment &segment) const;
    [[nodiscard]] QRect cell(int index) const;
    [[nodiscard]] int indexAt(QPoint point) const;

    QVector<Segment> m_segments;
    int m_current = 0;
    bool m_isOnPicture = false;
};

} // namespace gatehouse::widgets
