// Selects a camera's time zone from a searchable list of IANA zones. GUI thread.
#pragma once

#include "widgets/confirm_dialog.h"

class QLineEdit;
class QListWidget;
class QPushButton;

namespace gatehouse::catalog
{
struct Camera;
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

private:
    void filter(const QString &text);
    void take();

    QLineEdit *m_search;
    QListWidget *m_zones;
    QPushButton *m_set;
};

} // namespace gatehouse::cameras
