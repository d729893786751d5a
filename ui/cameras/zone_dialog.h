// Selects a camera's time zone from a searchable list of IANA zones. GUI thread.
#pragma once

#include "widgets/confirm_dialog.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace gatehouse::catalog
{
struct Camera;
}

namespace gatehouse::widgets
{
class SearchField;
}

namespace gatehouse::cameras
{

class ZoneDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    ZoneDialog(const catalog::Camera &camera, QWidget *parent);

Q_SIGNALS:
    void chosen(const QByteArray &zone);

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);
    void take();

    widgets::SearchField *m_search;
    QListWidget *m_zones;
    QLabel *m_none; // in place of the list
    QPushButton *m_set;
};

} // namespace gatehouse::cameras
