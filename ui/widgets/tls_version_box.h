// Selects the oldest accepted TLS version, each with a short explanation. GUI thread.
#pragma once

#include "widgets/combo_box.h"

namespace gatehouse::widgets
{

class TlsVersionBox : public widgets::ComboBox
{
    Q_OBJECT

public:
    explicit TlsVersionBox(QWidget *parent = nullptr);

    // In the settings' notation: "1.0" to "1.3"; empty only if offerDefault() was called.
    [[nodiscard]] QString version() const;
    void setVersion(const QString &version);
    // Adds the choice to follow the default for all cameras.
    void offerDefault(const QString &versionForAll);
};

// Help text for the choice.
QString tlsVersionHint();

} // namespace gatehouse::widgets
