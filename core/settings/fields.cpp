#include "settings/fields.h"

#include "base/limits.h"

#include <QDir>
#include <QHostAddress>
#include <QLocale>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>

namespace gatehouse::settings
{

namespace
{

constexpr int kMaxDays = 3650;
constexpr int kMaxEventGap = 3600; // s
constexpr qint64 kMaxReserve = 1'000'000 * kBytesPerGb;
constexpr qint64 kMinCopies = 100'000'000;
constexpr qint64 kExampleSize = 12'500'000'000; // shows the locale's decimal separator
constexpr qint64 kMinFileLimit = 1'000'000;
constexpr int kMaxUploadLimit = 1'000'000'000; // bytes per second
constexpr qsizetype kMaxOffsiteText = 500;     // characters; S3 takes keys of 1024 bytes
constexpr qint64 kMaxFileLimit = 5'000 * kBytesPerGb;

constexpr Option kTlsVersions[] = {{"1.0"}, {"1.1"}, {"1.2"}, {"1.3"}};
constexpr Option kThemes[] = {{"", QT_TRANSLATE_NOOP("Settings", "Match the system")},
                              {"dark", QT_TRANSLATE_NOOP("Settings", "Dark"), "moon"},
                              {"light", QT_TRANSLATE_NOOP("Settings", "Light"), "sun"}};

constexpr Option kOffsiteChoices[] = {
    {"nothing", QT_TRANSLATE_NOOP("Settings", "Nothing")},
    {"stills", QT_TRANSLATE_NOOP("Settings", "Pictures only")},
    {"low_res", QT_TRANSLATE_NOOP("Settings", "Pictures and low-res clips")},
    {"everything", QT_TRANSLATE_NOOP("Settings", "Everything")}};

bool offers(std::span<const Option> options, const QString &value)
{
    return std::any_of(options.begin(), options.end(),
                       [&](const Option &option) { return value == QLatin1String(option.value); });
}

bool isAddressOrEmpty(const QString &text)
{
    return text.isEmpty() || !QHostAddress(text).isNull();
}

bool isAbsoluteOrEmpty(const QString &text)
{
    return text.isEmpty() || (QDir::isAbsolutePath(text) && QDir::cleanPath(text) == text);
}

// What is wrong with an address or a bucket's name is said by the module s3.
bool isOffsiteText(const QString &text)
{
    return text.size() <= kMaxOffsiteText &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint(); });
}

QJsonValue addressesOf(const Settings &settings)
{
    QJsonObject out;
    const auto &addresses = settings.receiver.passiveAddresses;
    for (auto it = addresses.begin(); it != addresses.end(); ++it)
        out.insert(it.key(), it.value());
    return out;
}

bool setAddresses(Settings &settings, const QJsonObject &json)
{
    QHash<QString, QString> out;
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (!it.value().isString())
            return false;
        out.insert(it.key(), it.value().toString());
    }
    settings.receiver.passiveAddresses = out;
    return true;
}

QJsonValue tlsRulesOf(const Settings &settings)
{
    QJsonObject out;
    const auto &rules = settings.receiver.tlsRules;
    for (auto it = rules.begin(); it != rules.end(); ++it) {
        QJsonObject rule{{QStringLiteral("required"), it->isRequired}};
        if (!it->least.isEmpty())
            rule.insert(QStringLiteral("leastTls"), it->least);
        out.insert(it.key(), rule);
    }
    return out;
}

// Strict: an unreadable rule must not silently allow a camera to skip TLS.
bool setTlsRules(Settings &settings, const QJsonObject &json)
{
    QHash<QString, TlsRule> out;
    for (auto it = json.begin(); it != json.end(); ++it) {
        const QJsonObject rule = it.value().toObject();
        const QJsonValue required = rule.value(QLatin1String("required"));
        const QJsonValue least = rule.value(QLatin1String("leastTls"));
        const bool isLeast =
            least.isUndefined() || least == QLatin1String() || offers(kTlsVersions, least.toString());
        if (!it.value().isObject() || !(required.isBool() || required.isUndefined()) || !isLeast)
            return false;
        out.insert(it.key(), {required.toBool(), least.toString()});
    }
    settings.receiver.tlsRules = out;
    return true;
}

// {"porch": {"": "stills"}}: by user, then by the camera's key
QJsonValue offsiteCamerasOf(const Settings &settings)
{
    QJsonObject out;
    const auto &cameras = settings.offsite.cameras;
    for (auto it = cameras.begin(); it != cameras.end(); ++it) {
        const auto &[user, key] = it.key();
        QJsonObject keys = out.value(user).toObject();
        keys.insert(key, it.value());
        out.insert(user, keys);
    }
    return out;
}

// Strict: an unreadable choice must not silently keep a camera's recordings at home.
bool setOffsiteCameras(Settings &settings, const QJsonObject &json)
{
    QHash<std::pair<QString, QString>, QString> out;
    for (auto user = json.begin(); user != json.end(); ++user) {
        if (!user.value().isObject())
            return false;
        const QJsonObject keys = user.value().toObject();
        for (auto key = keys.begin(); key != keys.end(); ++key) {
            if (!key.value().isString() || !offers(kOffsiteChoices, key.value().toString()))
                return false;
            out.insert({user.key(), key.key()}, key.value().toString());
        }
    }
    settings.offsite.cameras = out;
    return true;
}

// In the order of the page.
constexpr Field kFields[] = {
    {"receiver.port", Section::Receiving,
     Number{[](Settings &s) -> int & { return s.receiver.port; }, 1, limits::kMaxPort},
     QT_TRANSLATE_NOOP("Settings", "Port"),
     QT_TRANSLATE_NOOP("Settings", "2121 needs no special permissions"), true},
    {"receiver.bind", Section::Receiving,
     Text{[](Settings &s) -> QString & { return s.receiver.bind; }, isAddressOrEmpty,
          QT_TRANSLATE_NOOP("Settings", "Enter an IP address, for example 192.168.1.20")},
     QT_TRANSLATE_NOOP("Settings", "Address"),
     QT_TRANSLATE_NOOP("Settings", "Leave empty for every address of the home network"), true},
    {"receiver.passiveFirst", Section::Receiving,
     Number{[](Settings &s) -> int & { return s.receiver.passiveFirst; }, 0, limits::kMaxPort},
     QT_TRANSLATE_NOOP("Settings", "Passive ports from"), QT_TRANSLATE_NOOP("Settings", "0: any free port"),
     true},
    {"receiver.passiveLast", Section::Receiving,
     Number{[](Settings &s) -> int & { return s.receiver.passiveLast; }, 0, limits::kMaxPort},
     QT_TRANSLATE_NOOP("Settings", "Passive ports to"), nullptr, true},
    {"receiver.leastTls", Section::Receiving,
     Choice{[](Settings &s) -> QString & { return s.receiver.minTls; }, kTlsVersions},
     QT_TRANSLATE_NOOP("Settings", "Oldest TLS version"),
     QT_TRANSLATE_NOOP("Settings", "A camera's menu sets it for that camera alone.")},
    {"receiver.anonymous", Section::Receiving,
     Toggle{[](Settings &s) -> bool & { return s.receiver.anonymous; }},
     QT_TRANSLATE_NOOP("Settings", "Accept cameras that send no password (anonymous)")},
    {"receiver.passiveAddresses", Section::None,
     Table{addressesOf, setAddresses,
           QT_TRANSLATE_NOOP("Settings", "Enter an address for each network, such as "
                                         "{\"10.0.0.0/8\": \"10.0.0.4\"}")},
     nullptr, nullptr, true},
    {"receiver.certificate", Section::None,
     Text{[](Settings &s) -> QString & { return s.receiver.certificate; }}, nullptr, nullptr, true},
    {"receiver.certificateKey", Section::None,
     Text{[](Settings &s) -> QString & { return s.receiver.certificateKey; }}, nullptr, nullptr, true},
    {"receiver.maxFileBytes", Section::Receiving,
     Size{[](Settings &s) -> qint64 & { return s.receiver.maxFileBytes; }, kMinFileLimit, kMaxFileLimit},
     QT_TRANSLATE_NOOP("Settings", "Largest file"),
     QT_TRANSLATE_NOOP("Settings", "Larger uploads are refused, and their camera says so"), true},
    {"receiver.tlsRules", Section::None,
     Table{tlsRulesOf, setTlsRules,
           QT_TRANSLATE_NOOP("Settings", "Enter a rule for each user, such as "
                                         "{\"porch\": {\"required\": true, \"leastTls\": \"1.2\"}}")}},
    {"retention.days", Section::Keeping,
     Number{[](Settings &s) -> int & { return s.retention.days; }, 0, kMaxDays},
     QT_TRANSLATE_NOOP("Settings", "Days to keep recordings"),
     QT_TRANSLATE_NOOP("Settings", "0: until space is needed; protected events are always kept")},
    {"retention.reserveBytes", Section::Keeping,
     Size{[](Settings &s) -> qint64 & { return s.retention.reserveBytes; }, 0, kMaxReserve},
     QT_TRANSLATE_NOOP("Settings", "Free space to leave"),
     QT_TRANSLATE_NOOP("Settings",
                       "When less is free on the disk, the oldest recordings of all cameras are "
                       "deleted until this much is free again. Protected events are never deleted "
                       "for it")},
    {"archive.folder", Section::Keeping,
     Text{[](Settings &s) -> QString & { return s.archiveFolder; }, isAbsoluteOrEmpty,
          QT_TRANSLATE_NOOP("Settings", "Enter a folder, for example /media/disk/recordings")},
     QT_TRANSLATE_NOOP("Settings", "Folder for recordings"),
     QT_TRANSLATE_NOOP("Settings",
                       "Empty, or one that you moved all recordings to. Recordings left in the old "
                       "folder can still be watched, but are no longer deleted automatically. "
                       "Leave this empty for the folder of the catalog")},
    {"eventGapSeconds", Section::Keeping,
     Number{[](Settings &s) -> int & { return s.eventGapSeconds; }, 0, kMaxEventGap,
            QT_TRANSLATE_NOOP("Settings", "s")},
     QT_TRANSLATE_NOOP("Settings", "Event gap"),
     QT_TRANSLATE_NOOP("Settings", "Inactivity that ends an event; applies to new recordings")},
    {"copies.maxBytes", Section::Keeping,
     Size{[](Settings &s) -> qint64 & { return s.copies.maxBytes; }, kMinCopies, kMaxReserve},
     QT_TRANSLATE_NOOP("Settings", "Space for low-res copies"),
     QT_TRANSLATE_NOOP("Settings", "Copies in low quality, which play more easily; the oldest go first")},
    {"copies.whenIdle", Section::Keeping, Toggle{[](Settings &s) -> bool & { return s.copies.whenIdle; }},
     QT_TRANSLATE_NOOP("Settings", "Make low-res copies while the PC is idle and not on battery")},
    {"offsite.provider", Section::Offsite,
     Text{[](Settings &s) -> QString & { return s.offsite.provider; }, isOffsiteText,
          QT_TRANSLATE_NOOP("Settings", "Enter a provider, for example aws or other")},
     QT_TRANSLATE_NOOP("Settings", "Provider")},
    {"offsite.endpoint", Section::Offsite,
     Text{[](Settings &s) -> QString & { return s.offsite.endpoint; }, isOffsiteText,
          QT_TRANSLATE_NOOP("Settings", "Enter the server's address, for example https://nas:9000")},
     QT_TRANSLATE_NOOP("Settings", "Server"),
     QT_TRANSLATE_NOOP("Settings", "Leave empty for the provider's own address")},
    {"offsite.region", Section::Offsite,
     Text{[](Settings &s) -> QString & { return s.offsite.region; }, isOffsiteText},
     QT_TRANSLATE_NOOP("Settings", "Region")},
    {"offsite.account", Section::Offsite,
     Text{[](Settings &s) -> QString & { return s.offsite.account; }, isOffsiteText},
     QT_TRANSLATE_NOOP("Settings", "Account ID"),
     QT_TRANSLATE_NOOP("Settings", "Only where the provider's address contains it")},
    {"offsite.bucket", Section::Offsite,
     Text{[](Settings &s) -> QString & { return s.offsite.bucket; }, isOffsiteText},
     QT_TRANSLATE_NOOP("Settings", "Bucket"),
     QT_TRANSLATE_NOOP("Settings", "Leave empty to copy nothing off-site")},
    {"offsite.prefix", Section::Offsite,
     Text{[](Settings &s) -> QString & { return s.offsite.prefix; }, isOffsiteText},
     QT_TRANSLATE_NOOP("Settings", "Folder in the bucket"),
     QT_TRANSLATE_NOOP("Settings", "Leave empty if the bucket is for Gatehouse alone")},
    {"offsite.site", Section::Offsite,
     Text{[](Settings &s) -> QString & { return s.offsite.site; }, isOffsiteText},
     QT_TRANSLATE_NOOP("Settings", "Name of this house"),
     QT_TRANSLATE_NOOP("Settings", "Several houses may share a bucket, each under its own name")},
    {"offsite.accessKey", Section::Offsite,
     Text{[](Settings &s) -> QString & { return s.offsite.accessKey; }, isOffsiteText},
     QT_TRANSLATE_NOOP("Settings", "Access key")},
    {"offsite.caFile", Section::Offsite,
     Text{[](Settings &s) -> QString & { return s.offsite.caFile; }, isAbsoluteOrEmpty,
          QT_TRANSLATE_NOOP("Settings", "Enter the path of a file, for example /etc/ssl/own-ca.pem")},
     QT_TRANSLATE_NOOP("Settings", "Certificate of your own server"),
     QT_TRANSLATE_NOOP("Settings", "A PEM file, trusted in addition to the system's")},
    {"offsite.uploadLimit", Section::Offsite,
     Number{[](Settings &s) -> int & { return s.offsite.uploadLimit; }, 0, kMaxUploadLimit,
            QT_TRANSLATE_NOOP("Settings", "bytes per second")},
     QT_TRANSLATE_NOOP("Settings", "Upload at most"), QT_TRANSLATE_NOOP("Settings", "0: no limit")},
    {"offsite.choice", Section::Offsite,
     Choice{[](Settings &s) -> QString & { return s.offsite.choice; }, kOffsiteChoices},
     QT_TRANSLATE_NOOP("Settings", "What goes off-site"),
     QT_TRANSLATE_NOOP("Settings", "A camera may have a choice of its own")},
    {"offsite.cameras", Section::None,
     Table{offsiteCamerasOf, setOffsiteCameras,
           QT_TRANSLATE_NOOP("Settings", "Enter a choice for each user and camera, such as "
                                         "{\"porch\": {\"\": \"stills\"}}")}},
    {"offsite.paused", Section::Offsite, Toggle{[](Settings &s) -> bool & { return s.offsite.isPaused; }},
     QT_TRANSLATE_NOOP("Settings", "Pause off-site copies")},
    {"startAtLogIn", Section::Window, Toggle{[](Settings &s) -> bool & { return s.startAtLogIn; }},
     QT_TRANSLATE_NOOP("Settings", "Start in the tray at login")},
    {"reviewWatched", Section::Window, Toggle{[](Settings &s) -> bool & { return s.reviewWatched; }},
     QT_TRANSLATE_NOOP("Settings", "Mark events as reviewed once they have been watched")},
    {"theme", Section::Window, Choice{[](Settings &s) -> QString & { return s.theme; }, kThemes},
     QT_TRANSLATE_NOOP("Settings", "Colours")},
};

QString translated(const char *text)
{
    return text ? QCoreApplication::translate("Settings", text) : QString();
}

// --- from and to JSON, by type; nothing: accepted; a text: what to enter instead

using Refusal = std::optional<QString>;

Refusal write(const Toggle &toggle, Settings &settings, const QJsonValue &value)
{
    if (!value.isBool())
        return Field::tr("Enter true or false");
    toggle.in(settings) = value.toBool();
    return {};
}

Refusal write(const Number &number, Settings &settings, const QJsonValue &value)
{
    const qint64 wanted = value.toInteger(qint64(number.min) - 1);
    if (wanted < number.min || wanted > number.max) {
        return Field::tr("Enter a number from %1 to %2")
            .arg(QString::number(number.min), QString::number(number.max));
    }
    number.in(settings) = int(wanted);
    return {};
}

Refusal write(const Size &size, Settings &settings, const QJsonValue &value)
{
    const qint64 wanted = value.toInteger(size.min - 1);
    if (wanted < size.min || wanted > size.max) {
        const QLocale locale;
        const auto gb = [&locale](qint64 bytes) {
            return locale.toString(double(bytes) / kBytesPerGb, 'f', QLocale::FloatingPointShortest);
        };
        return Field::tr("Enter a size from %1 to %2 GB, for example %3")
            .arg(gb(size.min), gb(size.max), gb(kExampleSize));
    }
    size.in(settings) = wanted;
    return {};
}

Refusal write(const Text &text, Settings &settings, const QJsonValue &value)
{
    if (!value.isString() || (text.accepts && !text.accepts(value.toString())))
        return text.request ? translated(text.request) : Field::tr("Enter some text");
    text.in(settings) = value.toString();
    return {};
}

Refusal write(const Choice &choice, Settings &settings, const QJsonValue &value)
{
    if (!value.isString() || !offers(choice.options, value.toString())) {
        QStringList values;
        for (const Option &option : choice.options)
            values.append(QStringLiteral("\"%1\"").arg(QLatin1String(option.value)));
        return Field::tr("Choose one of %1").arg(values.join(QStringLiteral(", ")));
    }
    choice.in(settings) = value.toString();
    return {};
}

Refusal write(const Table &table, Settings &settings, const QJsonValue &value)
{
    if (!value.isObject() || !table.write(settings, value.toObject()))
        return translated(table.request);
    return {};
}

} // namespace

QString Option::text() const
{
    return translated(label);
}

QString Field::label() const
{
    return translated(labelText);
}

QString Field::help() const
{
    return translated(helpText);
}

QString Field::unit() const
{
    if (std::holds_alternative<Size>(kind))
        return tr("GB");
    const auto *number = std::get_if<Number>(&kind);
    return translated(number ? number->unit : nullptr);
}

QJsonValue Field::value(Settings settings) const
{
    return std::visit(
        [&settings](const auto &of) -> QJsonValue {
            if constexpr (requires { of.read; })
                return of.read(settings);
            else
                return of.in(settings);
        },
        kind);
}

Result<void> Field::set(Settings &settings, const QJsonValue &value) const
{
    const Refusal refusal = std::visit([&](const auto &of) { return write(of, settings, value); }, kind);
    if (!refusal)
        return {};
    return tl::unexpected(Error{ErrorKind::Invalid, *refusal, QStringLiteral("settings"), id()});
}

std::span<const Field> fields()
{
    return kFields;
}

QString titleOf(Section section)
{
    switch (section) {
    case Section::None:
        break;
    case Section::Receiving:
        return Field::tr("Receiving");
    case Section::Keeping:
        return Field::tr("Keeping");
    case Section::Offsite:
        return Field::tr("Off-site copies");
    case Section::Window:
        return Field::tr("This window");
    }
    return {};
}

bool matches(const QString &text, const QString &search)
{
    const QStringList words = search.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&text](const QString &word) {
        return text.contains(QRegularExpression(QStringLiteral("(?<!\\w)") + QRegularExpression::escape(word),
                                                QRegularExpression::CaseInsensitiveOption |
                                                    QRegularExpression::UseUnicodePropertiesOption));
    });
}

} // namespace gatehouse::settings
