#include "widgets/short_password_box.h"

namespace gatehouse::widgets
{

ShortPasswordBox::ShortPasswordBox(QWidget *parent)
    : QCheckBox(tr("Short password: 7 letters and digits"), parent)
{
    setToolTip(tr("For cameras that accept no longer one"));
}

} // namespace gatehouse::widgets
