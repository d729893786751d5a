// A row below the cards while several are marked: how many, and what can be done with all of them. GUI
// thread.
#pragma once

#include <QWidget>

class QLabel;

namespace gatehouse::events
{

class MarkedBar : public QWidget
{
    Q_OBJECT

public:
    explicit MarkedBar(QWidget *parent = nullptr);

    void setCount(int count); // shown from 2

Q_SIGNALS:
    void reviewRequested();
    void protectRequested();
    void deleteRequested();
    void clearRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_words;
};

} // namespace gatehouse::events
