#include "widgets/theme.h"

#include "widgets/style.h"

#include <QApplication>

namespace gatehouse::widgets
{

namespace
{

QPalette paletteOf(const Theme &t)
{
    QPalette p;
    p.setColor(QPalette::Window, t.bg);
    p.setColor(QPalette::Base, t.surface);
    p.setColor(QPalette::AlternateBase, t.raised);
    p.setColor(QPalette::Button, t.raised);
    p.setColor(QPalette::Mid, t.line);
    p.setColor(QPalette::Light, t.hover);
    p.setColor(QPalette::Midlight, t.hover);
    p.setColor(QPalette::Dark, t.line);
    p.setColor(QPalette::Shadow, t.bg);
    p.setColor(QPalette::Text, t.ink);
    p.setColor(QPalette::WindowText, t.ink);
    p.setColor(QPalette::ButtonText, t.ink);
    p.setColor(QPalette::BrightText, t.ink);
    p.setColor(QPalette::PlaceholderText, t.ink3);
    p.setColor(QPalette::Highlight, t.accent);
    p.setColor(QPalette::HighlightedText, t.onAccent);
    p.setColor(QPalette::ToolTipBase, t.raised);
    p.setColor(QPalette::ToolTipText, t.ink);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    const QColor off = mixed(t.ink3, t.bg, kDisabledShare);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, off);
    return p;
}

// "@name" stands for a token, so that the sheet is readable. A label's property "ink" is handled here, not by
// its palette: only the sheet follows a change of theme.
QString styleSheetOf(const Theme &t)
{
    QString sheet = QStringLiteral(R"(
QToolTip { background: @raised; color: @ink; border: 1px solid @edge; padding: 4px 6px; }
QMenu { background: @raised; border: 1px solid @edge; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @hover; color: @ink; } QMenu::item:disabled { color: @off; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QHeaderView::section { background: @surface; color: @second; border: none; border-bottom: 1px solid @line;
  padding: 0 12px; }
QPushButton { background: @raised; color: @ink; border: 1px solid @line; border-radius: 6px; padding: 0 12px;
  min-height: 30px; }
QPushButton[small="true"] { min-height: 26px; padding: 0 10px; }
QPushButton[inside="true"] { min-height: 22px; padding: 0 8px; border-color: @raised; border-radius: 4px; }
QPushButton:hover { background: @hover; } QPushButton:pressed { background: @line; }
QPushButton:focus { border: 2px solid @accent; padding: 0 11px; min-height: 28px; outline: none; }
QPushButton[small="true"]:focus { padding: 0 9px; min-height: 24px; }
QPushButton[inside="true"]:focus { padding: 0 7px; min-height: 20px; border-color: @accent; }
QPushButton[done="true"] { background: @okweak; color: @ok; border-color: @okweak; }
QPushButton:disabled { color: @off; }
QPushButton[role="primary"] { background: @accent; color: @onaccent; border-color: @accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: @primaryhover; }
QPushButton[role="primary"]:focus { border-color: @ink; }
QPushButton[role="primary"]:disabled { background: @raised; color: @off; border-color: @line; }
QPushButton:checked { background: @accentweak; color: @accent; border-color: @accentweak; }
QPushButton:checked:focus { border-color: @accent; }
QPushButton[role="ghost"] { background: transparent; border-color: transparent; }
QPushButton[role="ghost"]:hover { background: @hover; } QPushButton[role="ghost"]:focus { border-color: @accent; }
QPushButton[role="delete"] { color: @bad; border-color: @bad; }
QPushButton[role="deleting"] { background: @bad; color: @onbad; border-color: @bad; font-weight: 600; }
QPushButton[role="delete"]:disabled, QPushButton[role="deleting"]:disabled { background: @raised; color: @off;
  border-color: @line; }
QPushButton[role="deleting"]:focus { border-color: @ink; }
QPushButton[role="link"], QPushButton[role="link"]:focus { background: transparent; color: @accent; padding: 0 2px;
  border: 2px solid transparent; border-radius: 4px; min-height: 22px; }
QPushButton[role="link"]:focus { border-color: @accent; }
QLabel[ink="second"] { color: @second; } QLabel[ink="warn"] { color: @warn; }
QToolButton { border: none; border-radius: 6px; padding: 4px; background: transparent; }
QToolButton:hover { background: @hover; } QToolButton:checked { background: @accentweak; }
QToolButton:focus { border: 2px solid @accent; padding: 2px; }
QToolButton::menu-indicator { image: none; }
QLineEdit, QSpinBox, QDoubleSpinBox, QDateTimeEdit, QPlainTextEdit, QTextEdit, QComboBox { background: @field;
  color: @ink; border: 1px solid @edge; border-radius: 6px; padding: 0 10px; min-height: 30px;
  selection-background-color: @accent; selection-color: @onaccent; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateTimeEdit:focus, QComboBox:focus, QPlainTextEdit:focus
  { border: 2px solid @accent; padding: 0 9px; min-height: 28px; }
QLineEdit[wrong="true"] { border: 2px solid @warn; padding: 0 9px; min-height: 28px; }
QSpinBox { padding-right: 22px; } QSpinBox:focus { padding-right: 21px; }
QSpinBox::up-button, QSpinBox::down-button { subcontrol-origin: border; background: transparent; border: none;
  width: 22px; height: 15px; }
QSpinBox::up-button { subcontrol-position: top right; top: 1px; }
QSpinBox::down-button { subcontrol-position: bottom right; bottom: 1px; }
QSpinBox::up-arrow, QSpinBox::down-arrow { image: none; width: 0; height: 0; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @edge; selection-background-color: @hover;
  selection-color: @ink; }
QListWidget { background: @field; border: 1px solid @line; border-radius: 6px; padding: 4px; outline: none; }
QListWidget:focus { border-color: @accent; }
QListWidget::item { min-height: 28px; padding: 0 8px; border-radius: 4px; color: @ink; }
QListWidget::item:hover { background: @hover; } QListWidget::item:selected { background: @accentweak; color: @ink; }
QListWidget::item:disabled { color: @off; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @thumb; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: @edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @line; }
)");
    const std::pair<const char *, QColor> tokens[] = {
        // If one name is a prefix of another, the longer one comes first.
        {"@onaccent", t.onAccent},
        {"@onbad", t.isDark ? t.onAccent : t.surface},
        {"@accentweak", t.accentWeak},
        {"@accent", t.accent},
        {"@primaryhover", mixed(t.ink, t.accent, 0.08)},
        {"@raised", t.raised},
        {"@hover", t.hover},
        {"@line", t.line},
        {"@edge", t.edge},
        {"@field", t.isDark ? t.bg : t.surface},
        {"@thumb", mixed(t.edge, t.surface, 0.5)},
        {"@ink", t.ink},
        {"@second", t.ink2},
        {"@off", mixed(t.ink3, t.bg, kDisabledShare)},
        {"@warn", t.warn},
        {"@okweak", t.okWeak},
        {"@ok", t.ok},
        {"@bad", t.bad},
    };
    for (const auto &[name, colour] : tokens)
        sheet.replace(QLatin1String(name), colour.name());
    return sheet;
}

} // namespace

void applyTheme(QApplication &app, const Theme &theme)
{
    app.setStyle(new Style);
    app.setFont(font(TextStyle::Body));
    app.setPalette(paletteOf(theme));
    app.setStyleSheet(styleSheetOf(theme));
}

} // namespace gatehouse::widgets
