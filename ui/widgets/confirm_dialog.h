// The layout of every confirmation dialog: a heading that says what happens, a sentence, the controls, and
// the buttons at the right. Escape cancels.
// GUI thread; opened with open(), never with its own event loop.
#pragma once

#include <QDialog>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace gatehouse::widgets
{

class ConfirmDialog : public QDialog
{
    Q_OBJECT

public:
    ConfirmDialog(const QString &heading, const QString &sentence, QWidget *parent);

    void setHeading(const QString &heading); // the window's title stays
    void setSentence(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;
    void fitHeight(); // to the content
    // For a heading whose name is elided: the whole one in the tooltip, the window's title and for screen
    // readers. Until setHeading().
    void setWholeHeading(const QString &heading);
    // Between the sentence and the buttons.
    void addContent(QWidget *content);
    QPushButton *addButton(const QString &text, const QString &role = {});
    [[nodiscard]] QPushButton *closeButton() const { return m_close; }

private:
    QLabel *m_heading;
    QLabel *m_sentence;
    QVBoxLayout *m_content;
    QHBoxLayout *m_buttons;
    QPushButton *m_close;
};

} // namespace gatehouse::widgets
