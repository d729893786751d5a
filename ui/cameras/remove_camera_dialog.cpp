#include "cameras/remove_camera_dialog.h"

#include "base/limits.h"
#include "base/size_text.h"
#include "widgets/elided_label.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStyle>

namespace gatehouse::cameras
{

RemoveCameraDialog::RemoveCameraDialog(const catalog::Camera &camera, QWidget *parent)
    : widgets::ConfirmDialog(tr("Remove %1").arg(widgets::elidedName(camera.name)), {}, parent),
      m_camera(camera), m_evidence(new QCheckBox(this)), m_typed(new QWidget(this)),
      m_count(new QLineEdit(m_typed)), m_reason(new QLineEdit(m_typed))
{
    setWholeHeading(tr("Remove %1").arg(camera.name));
    const QString amount = sizeText(camera.bytes);
    m_evidence->setText(
        tr("Also delete its recordings: %1 files, %2").arg(QLocale().toString(camera.items), amount));
    m_evidence->setVisible(camera.items > 0);
    m_count->setAccessibleName(tr("Number of files, to confirm"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setMaxLength(int(limits::kMaxReason));
    auto *form = new QFormLayout(m_typed);
    form->setContentsMargins(0, 4, 0, 0);
    form->addRow(tr("Type %1 to confirm").arg(camera.items), m_count);
    form->addRow(tr("Reason, recorded with the deletion"), m_reason);
    m_typed->hide();
    addContent(m_evidence);
    addContent(m_typed);
    m_remove = addButton(tr("Remove camera"), QStringLiteral("delete"));
    connect(m_evidence, &QCheckBox::toggled, this, &RemoveCameraDialog::refresh);
    connect(m_count, &QLineEdit::textChanged, this, &RemoveCameraDialog::refresh);
    connect(m_reason, &QLineEdit::textChanged, this, &RemoveCameraDialog::refresh);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        const bool evidence = m_evidence->isChecked();
        Q_EMIT confirmed(evidence, evidence ? m_reason->text().trimmed() : QString());
        accept();
    });
    refresh();
}

void RemoveCameraDialog::refresh()
{
    const bool evidence = m_evidence->isChecked();
    setSentence(evidence ? tr("Its login stops working immediately. Its recordings can't be restored.")
                         : tr("Its login stops working immediately. Its recordings stay on the timeline."));
    m_typed->setVisible(evidence);
    const QString number = m_count->text().trimmed();
    const bool typed =
        number == QString::number(m_camera.items) || number == QLocale().toString(m_camera.items);
    const bool reasoned = !m_reason->text().trimmed().isEmpty();
    m_remove->setEnabled(!evidence || (typed && reasoned));
    m_remove->setText(evidence ? tr("Remove and delete %1 files, %2")
                                     .arg(QLocale().toString(m_camera.items), sizeText(m_camera.bytes))
                               : tr("Remove camera"));
    m_remove->setToolTip(m_remove->isEnabled() ? QString()
                         : typed               ? tr("Enter a reason")
                                               : tr("Type the number of files"));
    m_remove->setProperty("role", evidence ? QStringLiteral("deleting") : QStringLiteral("delete"));
    m_remove->style()->unpolish(m_remove);
    m_remove->style()->polish(m_remove);
    fitHeight();
}

} // namespace gatehouse::cameras
