// Edits one setting, from and to its JSON value. The field's type determines the editor; a field that needs
// more has its own. GUI thread.
#pragma once

#include "settings/fields.h"

#include <QObject>

class QWidget;

namespace gatehouse::preferences
{

class FieldEditor : public QObject
{
    Q_OBJECT

public:
    // Its parent owns it and its widget.
    static FieldEditor *make(const settings::Field &field, QWidget *parent);

    [[nodiscard]] virtual QWidget *widget() const = 0;
    virtual void setValue(const QJsonValue &value) = 0;
    // Invalid input is returned as typed: the field refuses it.
    [[nodiscard]] virtual QJsonValue value() const = 0;
    // The position of the help: next to a short field, below a long one.
    [[nodiscard]] virtual bool isShort() const { return false; }
    // The widget carries the label itself.
    [[nodiscard]] virtual bool hasLabel() const { return false; }
    // Help that only the editor knows; the field's own help follows it.
    [[nodiscard]] virtual QString help() const { return {}; }
    // Shown while the value is valid.
    [[nodiscard]] virtual QString toolTip() const { return {}; }

Q_SIGNALS:
    void edited();

protected:
    using QObject::QObject;
};

} // namespace gatehouse::preferences
