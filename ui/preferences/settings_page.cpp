#include "preferences/settings_page.h"

#include "base/when_done.h"
#include "preferences/settings_form.h"
#include "protocol/settings.h"
#include "widgets/card.h"
#include "widgets/search_field.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QHideEvent>
#include <QLabel>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <utility>

namespace gatehouse::preferences
{

namespace
{
constexpr int kSearchWidth = 220;
constexpr int kRevealMargin = 80;
constexpr int kPageMargin = 20;
constexpr int kFooterMargin = 10;

// As wide as a card at most, at the left.
void limitWidth(QBoxLayout *content, QWidget *inside, int aboveAndBelow)
{
    auto *limited = new QWidget(inside);
    limited->setMaximumWidth(widgets::kMaxCardWidth);
    limited->setLayout(content);
    content->setContentsMargins(0, 0, 0, 0);
    auto *row = new QHBoxLayout(inside);
    row->setContentsMargins(kPageMargin, aboveAndBelow, kPageMargin, aboveAndBelow);
    row->addWidget(limited, 1);
    row->addStretch();
}

class Footer final : public QWidget
{
protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(0, 0, width(), 1, widgets::themeOf(*this).line);
    }
};
} // namespace

SettingsPage::SettingsPage(control::Commands &commands, Autostart autostart, QWidget *parent)
    : QWidget(parent), m_commands(commands), m_autostart(std::move(autostart)), m_form(new SettingsForm),
      m_search(new widgets::SearchField(tr("Search settings"))), m_scroll(new QScrollArea(this)),
      m_notFound(new QLabel), m_wrong(new QLabel), m_revert(new QPushButton(tr("Cancel"))),
      m_apply(new QPushButton(tr("Apply")))
{
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout;
    m_notFound->setForegroundRole(QPalette::PlaceholderText);
    m_notFound->hide();
    m_wrong->setWordWrap(true);
    m_wrong->setProperty("ink", QStringLiteral("warn"));
    m_wrong->hide();
    m_apply->setProperty("role", QStringLiteral("primary"));
    column->setSpacing(16);
    column->addWidget(newHeader());
    column->addWidget(m_notFound);
    column->addWidget(m_form);
    column->addStretch();
    limitWidth(column, inside, kPageMargin);

    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(inside);
    inside->setAutoFillBackground(false);
    m_scroll->viewport()->setAutoFillBackground(false);
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(m_scroll, 1);
    page->addWidget(newFooter());

    connect(m_form, &SettingsForm::edited, this, &SettingsPage::refresh);
    connect(m_form, &SettingsForm::deletionsRequested, this, &SettingsPage::deletionsRequested);
    connect(m_form, &SettingsForm::themeChosen, this, &SettingsPage::applyTheme);
    connect(m_form, &SettingsForm::refused, m_search, &QLineEdit::clear); // may hide the field
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::filter);
    connect(m_revert, &QPushButton::clicked, this, [this] { take(m_known); });
    connect(m_apply, &QPushButton::clicked, this, &SettingsPage::apply);
    refresh();
}

// Below the scrolling cards: whoever changes something sees at once how to keep it.
QWidget *SettingsPage::newFooter()
{
    auto *footer = new Footer;
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_wrong, 1);
    buttons->addStretch();
    buttons->addWidget(m_revert);
    buttons->addWidget(m_apply);
    limitWidth(buttons, footer, kFooterMargin);
    return footer;
}

QWidget *SettingsPage::newHeader()
{
    auto *header = new QWidget;
    auto *title = new QLabel(tr("Settings"), header);
    title->setFont(widgets::font(widgets::TextStyle::H1));
    m_search->setFixedWidth(kSearchWidth);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(title, 1);
    row->addWidget(m_search);
    return header;
}

void SettingsPage::filter(const QString &search)
{
    const bool isFound = m_form->setFilter(search);
    m_notFound->setText(tr("No setting matches “%1”").arg(search.simplified()));
    m_notFound->setVisible(!isFound);
}

void SettingsPage::reveal(const QString &field)
{
    m_toReveal = field;
    if (m_read)
        revealNow();
}

void SettingsPage::revealNow()
{
    if (m_toReveal.isEmpty())
        return;
    m_search->clear(); // may hide the field
    QWidget *row = m_form->reveal(std::exchange(m_toReveal, {}));
    if (row == nullptr)
        return;
    // A page that is shown only now has no layout yet.
    QMetaObject::invokeMethod(
        this,
        [this, row = QPointer(row)] {
            if (row)
                m_scroll->ensureWidgetVisible(row, 0, kRevealMargin);
        },
        Qt::QueuedConnection);
}

void SettingsPage::read()
{
    whenDone(m_commands.send(protocol::GetSettings()), this,
             [this](const Result<protocol::CurrentSettings> &current) {
                 const auto settings = current.and_then([](const protocol::CurrentSettings &known) {
                     return settings::Settings::fromJson(known.settings);
                 });
                 if (settings && !(m_read && m_form->isChanged()))
                     take(*settings);
             });
}

void SettingsPage::take(const settings::Settings &settings)
{
    m_known = settings;
    m_read = true;
    m_form->setSettings(settings);
    m_wrong->hide();
    Q_EMIT themeChanged(settings.theme);
    Q_EMIT settingsRead(settings);
    refresh();
    revealNow();
}

void SettingsPage::apply()
{
    const auto wanted = m_form->settings();
    if (!wanted)
        return;
    // Disabling the focused widget would pass the focus to a banner's action.
    if (isAncestorOf(focusWidget()))
        setFocus(Qt::OtherFocusReason);
    m_apply->setEnabled(false);
    m_form->setEnabled(false); // input before the reply would be lost
    whenDone(m_commands.send(protocol::SetSettings{wanted->changesSince(m_known)}), this,
             [this, wanted = *wanted](const Result<protocol::Nothing> &answer) {
                 if (!answer) {
                     refresh();
                     m_wrong->setText(answer.error().text);
                     m_wrong->setVisible(!m_form->showRefusal(answer.error()));
                     return;
                 }
                 const bool logInChanged = wanted.startAtLogIn != m_known.startAtLogIn;
                 take(wanted);
                 read(); // other settings may have changed elsewhere
                 if (logInChanged)
                     writeAutostart(wanted.startAtLogIn);
                 Q_EMIT applied();
             });
}

// Colours are seen at once, so they are kept at once: nobody looks for a button after that.
void SettingsPage::applyTheme(const QString &theme)
{
    Q_EMIT themeChanged(theme);
    settings::Settings wanted = m_known;
    wanted.theme = theme;
    whenDone(m_commands.send(protocol::SetSettings{wanted.changesSince(m_known)}), this,
             [this, theme](const Result<protocol::Nothing> &answer) {
                 if (!answer) {
                     m_wrong->setText(answer.error().text);
                     m_wrong->show();
                     return;
                 }
                 m_known.theme = theme;
                 m_form->acceptTheme(theme);
                 refresh();
             });
}

void SettingsPage::writeAutostart(bool on)
{
    whenDone(m_autostart.set(on), this, [this](const Result<void> &done) {
        m_wrong->setVisible(!done);
        if (!done)
            m_wrong->setText(done.error().text);
    });
}

void SettingsPage::refresh()
{
    const bool changed = m_read && m_form->isChanged();
    const bool canApply = changed || (m_read && m_isDoubted);
    m_apply->setEnabled(canApply);
    m_revert->setEnabled(changed);
    m_form->setEnabled(m_read);
    m_apply->setToolTip(canApply ? QString() : tr("No changes"));
}

void SettingsPage::setDoubted(bool on)
{
    m_isDoubted = on;
    refresh();
}

void SettingsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    read();
}

void SettingsPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (!event->spontaneous()) // another page, not a minimized window
        m_search->clear();
}

void SettingsPage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), widgets::themeOf(*this).bg);
}

} // namespace gatehouse::preferences
