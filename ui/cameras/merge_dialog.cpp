#include "cameras/merge_dialog.h"

#include "widgets/elided_label.h"
#include "widgets/name_list.h"

#include <QPushButton>

namespace gatehouse::cameras
{

namespace
{
constexpr int kMaxRows = 8;
} // namespace

MergeDialog::MergeDialog(const catalog::Camera &camera, const QVector<catalog::Camera> &all, QWidget *parent)
    : widgets::ConfirmDialog(
          tr("Merge %1 into another camera").arg(widgets::elidedName(camera.name)),
          tr("Their past and future recordings share one row of the timeline. You can undo this."), parent),
      m_cameras(new widgets::NameList(tr("Cameras"), this))
{
    setWholeHeading(tr("Merge %1 into another camera").arg(camera.name));
    for (const catalog::Camera &other : all) {
        if (other.id == camera.id)
            continue;
        auto *row = new QListWidgetItem(other.name, m_cameras);
        row->setData(Qt::UserRole, QVariant::fromValue(other.id));
    }
    m_cameras->fitRows(kMaxRows);
    m_cameras->setCurrentRow(0);
    addContent(m_cameras);
    QPushButton *merge =
        addButton(tr("Merge %1").arg(widgets::elidedNameForButton(camera.name)), QStringLiteral("primary"));
    merge->setAccessibleName(tr("Merge %1").arg(camera.name));
    merge->setEnabled(m_cameras->count() > 0);
    merge->setDefault(true);
    m_cameras->setFocus();
    connect(merge, &QPushButton::clicked, this, [this] {
        if (const QListWidgetItem *row = m_cameras->currentItem())
            Q_EMIT chosen(row->data(Qt::UserRole).value<CameraId>());
        accept();
    });
}

} // namespace gatehouse::cameras
