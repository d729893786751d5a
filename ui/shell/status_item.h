// One sentence of the status bar: icon, eliding text, and a link if there is an action. GUI thread.
#pragma once

#include <QWidget>

class QPushButton;

namespace gatehouse::widgets
{
class ElidedLabel;
}

namespace gatehouse::shell
{

class StatusItem : public QWidget
{
    Q_OBJECT

public:
    enum class Tone { Plain, Ok, Warn };

    explicit StatusItem(QWidget *parent = nullptr);

    // An empty sentence hides the item; an empty link hides the link.
    void show(const QString &iconName, Tone tone, const QString &sentence, const QString &link = {});
    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    void linkClicked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_iconName;
    Tone m_tone = Tone::Plain;
    widgets::ElidedLabel *m_words;
    QPushButton *m_link;
};

} // namespace gatehouse::shell
