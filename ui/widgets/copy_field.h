// A value to type elsewhere, with a button that copies it. GUI thread.
#pragma once

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QPushButton;

namespace gatehouse::widgets
{

class CopyField : public QWidget
{
    Q_OBJECT

public:
    explicit CopyField(const QString &accessibleName, QWidget *parent = nullptr);

    // Without a value, shows the hint and disables copying.
    void setValue(const QString &value, const QString &hint = {});
    [[nodiscard]] QString value() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void showCopied(bool copied);

    QLineEdit *m_value;
    QPushButton *m_copy;
    QTimer m_back;
};

} // namespace gatehouse::widgets
