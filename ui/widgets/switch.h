// An on/off switch with its label, which is part of the click area. GUI thread.
#pragma once

#include <QAbstractButton>

namespace gatehouse::widgets
{

class Switch : public QAbstractButton
{
    Q_OBJECT

public:
    explicit Switch(const QString &text, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace gatehouse::widgets
