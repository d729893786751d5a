// Edits one setting, from and to its value in JSON. Which editor a field gets follows from what it holds; a
// field that needs more has its own. GUI thread.
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
    // Belongs to its parent, and so does its widget.
    static FieldEditor *make(const settings::Field &field, QWidget *parent);

    [[nodiscard]] virtual QWidget *widget() const = 0;
    virtual void setValue(const QJsonValue &value) = 0;
    // What is no value of this field is given as typed: the field refuses it.
    [[nodiscard]] virtual QJsonValue value() const = 0;
    // Where the help stands: next to a short field, below a long one.
    [[nodiscard]] virtual bool isShort() const { return false; }
    // The widget carries the label itself.
    [[nodiscard]] virtual bool hasLabel() const { return false; }
    // Known to the editor alone; the field's own help follows it.
    [[nodiscard]] virtual QString help() const { return {}; }

Q_SIGNALS:
    void edited();

protected:
    using QObject::QObject;
};

} // namespace gatehouse::preferences
