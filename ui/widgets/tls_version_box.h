// Which version of TLS is the oldest that is accepted, each with a word on what it means. GUI thread.
#pragma once

#include "widgets/combo_box.h"

namespace gatehouse::widgets
{

class TlsVersionBox : public widgets::ComboBox
{
    Q_OBJECT

public:
    explicit TlsVersionBox(QWidget *parent = nullptr);

    // As settings: "1.0" to "1.3"; empty only where it is offered.
    [[nodiscard]] QString version() const;
    void setVersion(const QString &version);
    // A camera may go by what is set for all.
    void offerDefault(const QString &versionForAll);
};

// What a person should know to choose one.
QString tlsVersionHint();

} // namespace gatehouse::widgets
