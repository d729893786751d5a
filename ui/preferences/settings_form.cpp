#include "preferences/settings_form.h"

#include "widgets/card.h"
#include "widgets/segmented_control.h"
#include "widgets/theme.h"
#include "widgets/tls_version_box.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHostAddress>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace gatehouse::preferences
{

namespace
{

constexpr int kFieldWidth = 200;
constexpr int kNumberWidth = 96;
constexpr int kLabelWidth = 140; // the cards' fields stand in one line
constexpr qint64 kBytesOfGb = 1'000'000'000;
constexpr int kMaxPort = 65535;
const char *const kThemeNames[] = {"", "dark", "light"};

// As it is shown: whole GB.
QString gbText(qint64 bytes)
{
    return QString::number((bytes + kBytesOfGb / 2) / kBytesOfGb);
}

void polish(QWidget *field)
{
    field->style()->unpolish(field);
    field->style()->polish(field);
}

} // namespace

SettingsForm::SettingsForm(QWidget *parent)
    : QWidget(parent), m_minTls(new widgets::TlsVersionBox(this)), m_anonymous(new QCheckBox(this)),
      m_logIn(new QCheckBox(this)), m_theme(new widgets::SegmentedControl(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(16);

    QFormLayout *receiving = addSection(tr("Receiving"));
    addField(receiving, Port, tr("Port"), tr("1 to 65535; 2121 needs no special permissions"));
    addField(receiving, Bind, tr("Address"), tr("Leave empty for every address of the home network"));
    addField(receiving, PassiveFirst, tr("Passive ports from"), tr("0: any free port"));
    addField(receiving, PassiveLast, tr("Passive ports to"), QString());
    addLeastTls(receiving);
    m_anonymous->setText(tr("Accept cameras that send no password (anonymous)"));
    receiving->addRow(QString(), m_anonymous);

    QFormLayout *keeping = addSection(tr("Keeping"));
    addField(keeping, Days, tr("Days to keep recordings"),
             tr("0: until space is needed; protected events are always kept"));
    addField(keeping, Reserve, tr("Free space to keep"),
             tr("GB; below this, the oldest recordings are deleted first"));
    addField(keeping, Gap, tr("Event gap"),
             tr("Seconds of inactivity that end an event, 0 to 3600; applies to new recordings"));

    auto *deletions = new QPushButton(tr("Show deleted recordings"), this);
    connect(deletions, &QPushButton::clicked, this, &SettingsForm::deletionsRequested);
    auto *deletionsRow = new QHBoxLayout;
    deletionsRow->addWidget(deletions);
    deletionsRow->addStretch();
    keeping->addRow(QString(), deletionsRow);

    QFormLayout *window = addSection(tr("This window"));
    m_logIn->setText(tr("Start in the tray at login"));
    window->addRow(QString(), m_logIn);
    m_theme->addSegment(tr("Match the system"), {}, {});
    m_theme->addSegment(tr("Dark"), QStringLiteral("moon"), {});
    m_theme->addSegment(tr("Light"), QStringLiteral("sun"), {});
    m_theme->setAccessibleName(tr("Colours"));
    addNamed(window, tr("Colours"), m_theme, m_theme);

    connect(m_anonymous, &QCheckBox::toggled, this, &SettingsForm::edited);
    connect(m_logIn, &QCheckBox::toggled, this, &SettingsForm::edited);
    connect(m_theme, &widgets::SegmentedControl::currentChanged, this, [this](int index) {
        Q_EMIT themeChosen(QLatin1String(kThemeNames[index]));
        Q_EMIT edited();
    });
}

QFormLayout *SettingsForm::addSection(const QString &title)
{
    auto *card = new widgets::Card(this);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(12);
    auto *heading = new QLabel(title, card);
    heading->setFont(widgets::font(widgets::TextStyle::H2));
    column->addWidget(heading);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    column->addLayout(form);
    layout()->addWidget(card);
    return form;
}

void SettingsForm::addNamed(QFormLayout *form, const QString &name, QWidget *control, QWidget *cell)
{
    auto *label = new QLabel(name, cell->parentWidget());
    label->setBuddy(control);
    label->setMinimumSize(kLabelWidth, control->sizeHint().height());
    form->addRow(label, cell);
}

QLabel *SettingsForm::newHint(const QString &text, QWidget *cell)
{
    auto *hint = new QLabel(text, cell);
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setWordWrap(true);
    return hint;
}

void SettingsForm::addLeastTls(QFormLayout *form)
{
    auto *cell = new QWidget(this);
    auto *column = new QVBoxLayout(cell);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_minTls, 0, Qt::AlignLeft);
    column->addWidget(newHint(widgets::tlsVersionHint() + QLatin1Char(' ') +
                                  tr("A camera’s menu sets it for that camera alone."),
                              cell));
    addNamed(form, tr("Oldest TLS version"), m_minTls, cell);
    form->setAlignment(form->labelForField(cell), Qt::AlignTop); // beside the control, not its hint
    connect(m_minTls, &QComboBox::currentIndexChanged, this, &SettingsForm::edited);
}

QLineEdit *SettingsForm::addField(QFormLayout *form, Field field, const QString &name, const QString &after)
{
    auto *cell = new QWidget(this);
    auto *edit = new QLineEdit(cell);
    edit->setFixedWidth(field == Bind ? kFieldWidth : kNumberWidth);
    edit->setAccessibleName(name);
    edit->setAccessibleDescription(after);
    edit->setMaxLength(64);
    QLabel *hint = newHint(after, cell);
    auto *wrong = new QLabel(cell);
    wrong->setWordWrap(true);
    wrong->setProperty("ink", QStringLiteral("warn"));
    wrong->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(edit);
    row->addWidget(hint, 1);
    auto *column = new QVBoxLayout(cell);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(wrong);
    addNamed(form, name, edit, cell);
    m_fields.insert(field, edit);
    m_wrongs.insert(field, wrong);
    connect(edit, &QLineEdit::textEdited, this, [this, field] {
        setWrong(field, {});
        Q_EMIT edited();
    });
    return edit;
}

void SettingsForm::setSettings(const settings::Settings &settings)
{
    m_shown = settings;
    const QSignalBlocker quiet(this);
    clearWrong();
    m_fields[Port]->setText(QString::number(settings.receiver.port));
    m_fields[Bind]->setText(settings.receiver.bind);
    m_fields[PassiveFirst]->setText(QString::number(settings.receiver.passiveFirst));
    m_fields[PassiveLast]->setText(QString::number(settings.receiver.passiveLast));
    m_fields[Days]->setText(QString::number(settings.retention.days));
    m_fields[Reserve]->setText(gbText(settings.retention.reserveBytes));
    m_fields[Gap]->setText(QString::number(settings.eventGapSeconds));
    m_minTls->setVersion(settings.receiver.minTls);
    m_anonymous->setChecked(settings.receiver.anonymous);
    m_logIn->setChecked(settings.startAtLogIn);
    for (int i = 0; i < int(std::size(kThemeNames)); ++i) {
        if (settings.theme == QLatin1String(kThemeNames[i]))
            m_theme->setCurrent(i);
    }
}

std::optional<settings::Settings> SettingsForm::settings()
{
    clearWrong();
    bool ok = true;
    settings::Settings out = m_shown;
    out.receiver.port = int(numberIn(Port, 1, kMaxPort, &ok));
    out.receiver.bind = m_fields[Bind]->text().trimmed();
    if (!out.receiver.bind.isEmpty() && QHostAddress(out.receiver.bind).isNull()) {
        setWrong(Bind, tr("Enter an IP address, for example 192.168.1.20"));
        ok = false;
    }
    out.receiver.passiveFirst = int(numberIn(PassiveFirst, 0, kMaxPort, &ok));
    out.receiver.passiveLast = int(numberIn(PassiveLast, 0, kMaxPort, &ok));
    if (ok && out.receiver.passiveLast < out.receiver.passiveFirst) {
        setWrong(PassiveLast, tr("The last port must not be lower than the first"));
        ok = false;
    }
    out.retention.days = int(numberIn(Days, 0, 3650, &ok));
    const qint64 reserve = numberIn(Reserve, 0, 1'000'000, &ok);
    // What was not touched stays to the byte.
    if (QString::number(reserve) != gbText(m_shown.retention.reserveBytes))
        out.retention.reserveBytes = reserve * kBytesOfGb;
    out.eventGapSeconds = int(numberIn(Gap, 0, 3600, &ok));
    out.receiver.minTls = m_minTls->version();
    out.receiver.anonymous = m_anonymous->isChecked();
    out.startAtLogIn = m_logIn->isChecked();
    out.theme = QLatin1String(kThemeNames[m_theme->current()]);
    return ok ? std::optional(out) : std::nullopt;
}

bool SettingsForm::isChanged() const
{
    const auto differs = [this](Field field, const QString &shown) {
        return m_fields[field]->text().trimmed() != shown;
    };
    const auto &receiver = m_shown.receiver;
    const auto &retention = m_shown.retention;
    return differs(Port, QString::number(receiver.port)) || differs(Bind, receiver.bind) ||
           differs(PassiveFirst, QString::number(receiver.passiveFirst)) ||
           differs(PassiveLast, QString::number(receiver.passiveLast)) ||
           differs(Days, QString::number(retention.days)) ||
           differs(Reserve, gbText(retention.reserveBytes)) ||
           differs(Gap, QString::number(m_shown.eventGapSeconds)) || m_minTls->version() != receiver.minTls ||
           m_anonymous->isChecked() != receiver.anonymous || m_logIn->isChecked() != m_shown.startAtLogIn ||
           m_shown.theme != QLatin1String(kThemeNames[m_theme->current()]);
}

qint64 SettingsForm::numberIn(Field field, qint64 low, qint64 high, bool *ok)
{
    bool isNumber = false;
    const qint64 number = m_fields[field]->text().trimmed().toLongLong(&isNumber);
    if (isNumber && number >= low && number <= high)
        return number;
    setWrong(field, tr("Enter a number from %1 to %2").arg(QString::number(low), QString::number(high)));
    *ok = false;
    return low;
}

bool SettingsForm::showRefusal(const QString &text)
{
    // The engine names the member of the settings.
    static constexpr std::pair<const char *, Field> members[] = {{"passiveFirst", PassiveFirst},
                                                                 {"passiveLast", PassiveLast},
                                                                 {"reserveBytes", Reserve},
                                                                 {"eventGapSeconds", Gap},
                                                                 {"days", Days},
                                                                 {"bind", Bind},
                                                                 {"port", Port}};
    for (const auto &[member, field] : members) {
        if (text.contains(QLatin1String(member), Qt::CaseInsensitive)) {
            setWrong(field, text);
            return true;
        }
    }
    return false;
}

void SettingsForm::setWrong(Field field, const QString &sentence)
{
    m_wrongs[field]->setText(sentence);
    m_wrongs[field]->setVisible(!sentence.isEmpty());
    m_fields[field]->setProperty("wrong", !sentence.isEmpty());
    polish(m_fields[field]);
}

void SettingsForm::clearWrong()
{
    for (auto it = m_fields.keyBegin(); it != m_fields.keyEnd(); ++it)
        setWrong(Field(*it), {});
}

} // namespace gatehouse::preferences
